"""Extensions that branches ask for, and what is decided."""

from fastapi import APIRouter

router = APIRouter()
