"""Users: who may log in, and as what."""

from fastapi import APIRouter

router = APIRouter()
