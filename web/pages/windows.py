"""A window and its gate: what still blocks it, approved or overridden."""

from fastapi import APIRouter

router = APIRouter()
