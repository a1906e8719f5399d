"""Answers: complete, reopen, ask for more time."""

from fastapi import APIRouter

router = APIRouter()
