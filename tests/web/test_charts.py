"""Drawings, and how they are fetched."""

from datetime import date
from xml.etree import ElementTree

import pytest

from actions.complete import complete
from actions.reading.overview.curve import Curve, CurvePoint
from config.vocabulary import Language
from tests.factories import answer
from tests.records import CAMPAIGN
from tests.web.sites import Site
from web.charts.curve import Look, Size, Theme, draw_curve, warm_up

CURVE = f"/campaigns/{CAMPAIGN}/charts/curve.svg"


@pytest.fixture
def drawn() -> None:
    """What is loaded at the first drawing is there."""
    warm_up()


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_drawing_is_fetched_once_and_changes_with_what_it_shows(site: Site) -> None:
    with site.browser("county") as browser:
        first = browser.get(CURVE)
        again = browser.get(CURVE, headers={"If-None-Match": first.headers["etag"]})
        dark = browser.get(f"{CURVE}?theme=dark&size=narrow")
        complete(site.house, CAMPAIGN, [answer("U2-1", "survey")])
        elsewhere = browser.get(CURVE, headers={"If-None-Match": first.headers["etag"]})
        complete(site.house, CAMPAIGN, [answer("U1-1", "survey")])
        changed = browser.get(CURVE, headers={"If-None-Match": first.headers["etag"]})
    assert [answered.status_code for answered in (first, again, dark, elsewhere, changed)] == [200, 304, 200, 304, 200]
    assert (first.headers["content-type"], again.content) == ("image/svg+xml", b"")
    assert "default-src 'none'" in first.headers["content-security-policy"]
    assert len({first.headers["etag"], dark.headers["etag"], changed.headers["etag"]}) == 3
    assert ElementTree.fromstring(first.text).tag.endswith("svg")
    assert "<script" not in first.text


def test_a_drawing_speaks_the_language_of_its_reader() -> None:
    point = CurvePoint(date(2009, 9, 14), 3, 1)
    said = {
        language: draw_curve(Curve(point.day, 3, (point,)), Look(Theme.LIGHT, Size.WIDE, language))
        for language in Language
    }
    assert [("Planned" in drawing, "计划" in drawing) for drawing in said.values()] == [(False, True), (True, False)]
