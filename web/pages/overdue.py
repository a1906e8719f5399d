"""What is overdue, by unit and by officer."""

from fastapi import APIRouter

router = APIRouter()
