"""An officer's day: the branches that need a call, late first."""

from fastapi import APIRouter

router = APIRouter()
