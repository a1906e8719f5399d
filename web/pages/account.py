"""The own account: name, language, password, browsers that are logged in, and tokens."""

from fastapi import APIRouter

router = APIRouter()
