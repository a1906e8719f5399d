"""What those who run the service ask: is it up, is it ready, how does it do."""

from fastapi import APIRouter

router = APIRouter()
