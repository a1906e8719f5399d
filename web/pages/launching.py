"""A campaign file: checked with its faults beside the lines, and launched."""

from fastapi import APIRouter

router = APIRouter()
