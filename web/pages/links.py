"""What the link in a message opens: the own work, without an account."""

from fastapi import APIRouter

router = APIRouter()
