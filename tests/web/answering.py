"""What tests of answering speak of: links, addresses, and forms as a page hands them out."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape

import httpx

from notifications.links import LASTS, LinkClaim, sign_link
from tests.web.sites import NOW, Site, form_of

BRANCH = "/campaigns/trial/branches/U1-1"
SURVEY = f"{BRANCH}/tasks/mobilization/survey"
TRAINING = f"{BRANCH}/tasks/mobilization/training"


def a_link(site: Site, officer: str = "OU1-1", branch: str | None = None, epoch: int = 0) -> str:
    """The address of a link as the messages of an officer bear it, good for 30 days from NOW on."""
    return "/l/" + sign_link(site.house.seal.derive("links"), LinkClaim(officer, epoch, NOW + LASTS, branch))


def a_link_until(site: Site, officer: str, now: datetime) -> str:
    """The address of a link that an officer got at an instant."""
    return "/l/" + sign_link(site.house.seal.derive("links"), LinkClaim(officer, 0, now + LASTS))


def seen_on(page: str) -> str:
    """What the first form of a page was made from."""
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def send(browser: httpx.Client, page: str, verb: str, fields: Mapping[str, str], **more: object) -> httpx.Response:
    """Fill in a form of a page as it is now, and send it."""
    return send_made(browser, browser.get(page).text, f"{page}/{verb}", fields, **more)


def send_made(
    browser: httpx.Client, made: str, address: str, fields: Mapping[str, str], **more: object
) -> httpx.Response:
    """Send a form of a page that was fetched before."""
    bears = {"seen": seen_on(made)} | ({"csrf": form_of(made)} if 'name="csrf"' in made else {})
    return browser.post(address, data={**bears, **fields}, **more)  # type: ignore[arg-type]


def words_of(page: str) -> str:
    """The text of a page, as it is read."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))
