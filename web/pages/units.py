"""A unit in a campaign, down the tree to its branches."""

from fastapi import APIRouter

router = APIRouter()
