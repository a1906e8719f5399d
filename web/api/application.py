"""The API as an application of its own below /api/v1: its routes, its errors and its OpenAPI document."""

from fastapi import FastAPI
from fastapi.routing import APIRoute

from web.api import (
    answers,
    assignments,
    branches,
    campaigns,
    events,
    extensions,
    ledgers,
    notices,
    problems,
    progress,
    reference,
    returns,
    sums,
    units,
)
from web.api.document import Documented
from web.api.errors import add_handlers
from web.site import Site

PREFIX = "/api/v1"

RESOURCES = (
    campaigns.router,
    progress.router,
    units.router,
    branches.router,
    assignments.router,
    extensions.router,
    answers.router,
    problems.router,
    ledgers.router,
    sums.router,
    returns.router,
    notices.router,
    events.router,
)
_TAGS = [
    {"name": "campaigns", "description": "Campaigns: what they run by, and how they stand."},
    {"name": "units", "description": "The tree of units."},
    {"name": "branches", "description": "The branches of the registry."},
    {"name": "assignments", "description": "Tasks of branches: listed, answered, reopened, given more time."},
    {"name": "answers", "description": "Workbooks of answers: filled in offline, looked at, taken."},
    {"name": "problems", "description": "What branches found, and what became of it."},
    {"name": "ledgers", "description": "Visits, exemplars, training and other ledgers, and what they come to."},
    {"name": "returns", "description": "What units pass on of a stage that comes each quarter, in versions."},
    {"name": "notices", "description": "What officers are told, and what became of it."},
    {"name": "events", "description": "The audit record."},
]
_DESCRIPTION = """\
Rollcall's campaigns, and the work in them, for programs.

A program shows a personal token (`Authorization: Bearer rollcall_...`). It sees and does what the token's user may, as
far as the token's scopes reach: `read` reads, `answer` completes, reopens and asks for more time, `steer` does all that
the user may. What is outside is told like what is not there.

Lists come in pages of at most 500: ask for the next one with `cursor` until `next` is null. Instants are ISO 8601 in
UTC, days are those of the campaign's own zone, shares are fractions from 0 to 1 and null where nothing counts.

What goes wrong is told as `application/problem+json` (RFC 9457), in the language of the token's user, else in that of
`Accept-Language`.

Every write takes an `Idempotency-Key`, so that a request whose answer was lost can be sent again, and an `If-Match`,
so that nothing is changed that somebody changed meanwhile. A body may have 1 MB, a workbook
3 MB.
"""


def create_api(site: Site) -> FastAPI:
    """Make the API; it opens nothing to cookies."""
    api = Documented(
        title="Rollcall",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        openapi_tags=_TAGS,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        generate_unique_id_function=_name_of,
    )
    api.state.site = site
    add_handlers(api)
    for router in RESOURCES:
        api.include_router(router)
    api.include_router(reference.router, include_in_schema=False)
    return api


def _name_of(route: APIRoute) -> str:
    """Call an operation what its function is called."""
    return route.name
