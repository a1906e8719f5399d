"""The audit record."""

from fastapi import APIRouter

router = APIRouter()
