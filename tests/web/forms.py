"""Send forms the way a browser does: with what the page bears against forms from elsewhere."""

import re

import httpx

from tests.web.sites import form_of

SCRIPT = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"
"""Text that would be a script, and how a page shows it."""


def send(browser: httpx.Client, page: str, address: str, **fields: str) -> httpx.Response:
    """Send a form that a page shows; its answer, not where that leads."""
    return browser.post(address, data={"csrf": form_of(browser.get(page).text), **fields})


def problems_of(page: str) -> dict[str, str]:
    """What a page says beside the fields of its forms, by form and field."""
    return dict(re.findall(r'<p class="problem" id="([\w-]+)-problem" role="alert">(.*?)</p>', page))


def told(browser: httpx.Client, answer: httpx.Response) -> str:
    """The page that a form which was carried out leads to."""
    assert answer.status_code == 303, answer.text
    return browser.get(answer.headers["location"]).text
