"""A branch in a campaign: its check list, figures, evidence and history."""

from fastapi import APIRouter

router = APIRouter()
