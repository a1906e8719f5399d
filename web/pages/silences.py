"""Silences: who is not reminded, until when and why."""

from fastapi import APIRouter

router = APIRouter()
