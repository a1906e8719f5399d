"""Overriding a gate, in a real Chromium and in both languages: with faults, and from a page that is no longer true."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from actions.override_gate import override_gate
from config.vocabulary import Language, WindowStatus
from flows.gate import try_gate_now
from tests.factories import at
from tests.records import window_of
from tests.web.browsing import a_coordinator
from tests.web.sites import Site, a_gated_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.ZH, Language.EN]),
]

WINDOW = "mobilization/pilot"
PAGE = f"/campaigns/trial/windows/{WINDOW}"
OPENS = {Language.ZH: "强制通过关口", Language.EN: "Override the gate"}
SENDS = {Language.ZH: "强制通过", Language.EN: "Override"}
REASON = {Language.ZH: "理由", Language.EN: "Reason"}
NOTHING = {Language.ZH: "请填写内容", Language.EN: "says nothing"}
CLOSED = {Language.ZH: "窗口已经结束", Language.EN: "the window is closed already"}


@pytest.fixture
def gated(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    """The trial after the planned close of the pilot, whose gate holds it."""
    with a_gated_site(engine, tmp_path / "home") as site:
        site.clock.now = at("2009-09-25 09:00")
        yield site


def close_elsewhere(site: Site) -> None:
    override_gate(site.house, "trial", WINDOW, reason="agreed", actor="another", now=site.clock.now)
    try_gate_now(site.house, "trial", WINDOW, now=site.clock.now)
    assert window_of(site.house, WINDOW).status is WindowStatus.CLOSED


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reason_of_blanks_is_told_in_the_form_that_stays_open(
    gated: Site, chromium: "Browser", language: Language, scripts: bool
) -> None:
    with a_coordinator(chromium, gated, language, scripts=scripts) as page:
        page.goto(PAGE)
        page.locator("summary", has_text=OPENS[language]).click()
        form = page.locator("form[action$='/override']")
        form.get_by_label(REASON[language]).fill("   ")
        form.get_by_role("button", name=SENDS[language]).click()
        page.get_by_text(NOTHING[language]).wait_for()
        form.get_by_label(REASON[language]).fill("书记会议已商定")
        form.get_by_role("button", name=SENDS[language]).click()
        page.locator(".warned", has_text="书记会议已商定").wait_for()
        assert page.locator("form[action$='/override'], form[action$='/approve']").count() == 0
    assert window_of(gated.house, WINDOW).override_reason == "书记会议已商定"


@pytest.mark.parametrize("typed", ["书记会议已商定", "   "], ids=["a reason", "no reason"])
def test_a_window_that_closed_meanwhile_is_told_and_what_was_typed_is_kept(
    gated: Site, chromium: "Browser", language: Language, typed: str
) -> None:
    with a_coordinator(chromium, gated, language) as page:
        page.goto(PAGE)
        page.locator("summary", has_text=OPENS[language]).click()
        form = page.locator("form[action$='/override']")
        form.get_by_label(REASON[language]).fill(typed)
        close_elsewhere(gated)
        form.get_by_role("button", name=SENDS[language]).click()
        page.get_by_text(CLOSED[language]).wait_for()
        if typed.strip():
            assert page.get_by_role("textbox").input_value() == typed
    assert window_of(gated.house, WINDOW).override_reason == "agreed"
