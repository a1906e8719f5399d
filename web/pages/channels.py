"""Channels: added, tried, disabled."""

from fastapi import APIRouter

router = APIRouter()
