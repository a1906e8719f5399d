"""The application: every page and every operation, over one house and one clock."""

from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from actions.house import House
from notifications.links import PATH
from web import refusals, unavailable
from web.api.application import PREFIX, create_api
from web.headers import Guarded
from web.limits import Bounded
from web.pages import (
    account,
    answering,
    answers,
    assets,
    audit,
    branch,
    campaign,
    campaigns,
    channels,
    charts,
    day,
    evidence,
    exports,
    feeds,
    health,
    language,
    launching,
    ledger,
    ledgers,
    links,
    login,
    notices,
    officer,
    overdue,
    people,
    problems,
    registry,
    report,
    requests,
    resuming,
    returns,
    silences,
    single_sign_on,
    tokens,
    units,
    users,
    windows,
)
from web.site import Clock, make_site
from web.watching import Watched

PAGES = (
    account.router,
    answering.router,
    answers.router,
    assets.router,
    audit.router,
    branch.router,
    campaign.router,
    campaigns.router,
    channels.router,
    charts.router,
    day.router,
    evidence.router,
    exports.router,
    feeds.router,
    health.router,
    language.router,
    launching.router,
    ledger.router,
    ledgers.router,
    links.router,
    login.router,
    notices.router,
    officer.router,
    overdue.router,
    people.router,
    problems.router,
    registry.router,
    report.router,
    requests.router,
    resuming.router,
    returns.router,
    silences.router,
    single_sign_on.router,
    tokens.router,
    units.router,
    users.router,
    windows.router,
)


UNDER_LINKS = (answers.router, branch.router, answering.router, evidence.router)
"""Pages that whoever opened a link has too, with the link before their addresses."""


def create_app(house: House, clock: Clock) -> FastAPI:
    """Make the application; `clock` gives the instant at which a request came in, aware and in UTC."""
    app = FastAPI(title="Rollcall", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site = make_site(house, clock)
    app.add_middleware(Bounded)
    app.add_middleware(Guarded)
    app.add_middleware(Watched, site=site)
    if house.settings.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=[*map(str, house.settings.proxies)])
    refusals.add_handlers(app)
    resuming.add_handlers(app)
    unavailable.add_handlers(app)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    for router in UNDER_LINKS:
        app.include_router(router, prefix=PATH + "{token}", include_in_schema=False)
    app.mount(PREFIX, create_api(site))
    return app
