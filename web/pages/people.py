"""Officers: whom Rollcall writes to, who is away, who takes over."""

from fastapi import APIRouter

router = APIRouter()
