"""What those who run the service ask: is it up, is it ready, how does it do."""

import hmac
from http import HTTPStatus
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from actions.reading.readiness import check_readiness
from config.errors import Refusal, Unknown
from web.metrics import MEDIA_TYPE
from web.site import site_of

router = APIRouter()

_FORWARDED = ("forwarded", "x-forwarded-for", "via")


@router.get("/healthz")
async def show_health() -> Response:
    """Say that the process answers; the database is not asked."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def show_readiness(request: Request) -> Response:
    """Say whether requests can be answered, or in one line why not."""
    try:
        check_readiness(site_of(request).house)
    except Refusal as refusal:
        return PlainTextResponse(f"{refusal}\n", status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return PlainTextResponse("ready\n")


@router.get("/metrics")
def show_metrics(request: Request) -> Response:
    """Show the figures to whoever has the token, or where none is set, to this machine; to others there are none."""
    site = site_of(request)
    token = site.house.settings.metrics_token
    if not (_is_local(request) if token is None else _bears(request, token.get_secret_value())):
        raise Unknown("There is no such page.")
    return Response(site.metrics.write(site.clock()), media_type=MEDIA_TYPE)


def _bears(request: Request, token: str) -> bool:
    kind, _, brought = request.headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(brought.strip().encode(), token.encode())


def _is_local(request: Request) -> bool:
    """Tell whether the request was made on this machine, and is not brought by a proxy here for somebody else."""
    host = request.client.host if request.client else ""
    try:
        return ip_address(host).is_loopback and not any(name in request.headers for name in _FORWARDED)
    except ValueError:
        return False
