"""Our own application, on a copy of the database that was made ready."""

from datetime import datetime
from pathlib import Path

import httpx
from fastapi import FastAPI

from benchmarks.grounds import house_of
from tests.web.sites import form_of
from web.app import create_app
from web.identity.cookies import LOGIN_COOKIE
from web.identity.csrf import FIELD

LOGIN, PASSWORD = "coordinator", "a password of no secrecy"


def make_ours(url: str, home: Path, key: str, now: datetime) -> FastAPI:
    """Make the application; the clock stands."""
    return create_app(house_of(url, home, key), lambda: now)


def log_in(port: int) -> tuple[str, dict[str, str]]:
    """Log a browser in; return its cookie, and the field that its forms bear."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        browser.post("/login", data={"login": LOGIN, "password": PASSWORD})
        page = browser.get("/").raise_for_status()
        return f"{LOGIN_COOKIE}={browser.cookies[LOGIN_COOKIE]}", {FIELD: form_of(page.text)}
