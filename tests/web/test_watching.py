"""Every request leaves a line in the log, which opens no door."""

import logging
import re

import pytest

from tests.served import wait_until
from tests.web.sites import Site
from web.watching import masked

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/campaigns/trial", "/campaigns/trial"),
        ("/l/eyJvIjoiTDAxNjMi.c2ln", "/l/***"),
        ("/l/eyJvIjoiTDAxNjMi.c2ln/branches/U1-1/tasks/study/lecture", "/l/***/branches/U1-1/tasks/study/lecture"),
        ("/feeds/eyJjIjoidHJpYWwi.c2ln.ics", "/feeds/***"),
        ("/units/安国市", "/units/%E5%AE%89%E5%9B%BD%E5%B8%82"),
        ("/a\nb c\x1b[31m", "/a%0Ab%20c%1B%5B31m"),
    ],
)
def test_a_path_is_shown_in_one_line_and_without_keys(path: str, shown: str) -> None:
    assert masked(path) == shown


@ONE
def test_a_request_is_logged_with_what_came_of_it_and_for_whom(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with site.browser("county") as browser, caplog.at_level(logging.INFO, "web.access"):
        caplog.clear()
        answer = browser.get("/", params={"secret": "in the query"})
        browser.get("/l/a-key")
        wait_until(lambda: len(caplog.records) > 1, "the lines of both, which are written after their answers")
    page, link = (record.getMessage() for record in caplog.records)
    expected = rf"2009-09-15T02:00:00.000000Z GET / 200 \d+\.\dms {len(answer.content)}B county"
    assert re.fullmatch(expected, page)
    assert " GET /l/*** 404 " in link
