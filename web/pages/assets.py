"""The stylesheet and the scripts."""

from fastapi import APIRouter, Response

from config.errors import Unknown
from web.assets import PREFIX, assets

router = APIRouter()


@router.get(PREFIX + "{name}")
def read_asset(name: str) -> Response:
    """Serve a file by the name of its present content; a browser may keep it for good."""
    for asset in assets().values():
        if asset.address == PREFIX + name:
            forever = {"Cache-Control": "public, max-age=31536000, immutable"}
            return Response(asset.content, media_type=asset.media_type, headers=forever)
    raise Unknown("There is no such page.")
