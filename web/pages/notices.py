"""Notices and what became of them."""

from fastapi import APIRouter

router = APIRouter()
