"""Evidence: files that come with answers."""

from fastapi import APIRouter

router = APIRouter()
