"""A login that ends while somebody fills in a form, in a real Chromium: the text waits, and is sent after all."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from actions.access.logins import IDLE
from actions.reading.branches import read_branch
from actions.reading.requests import read_requests
from config.vocabulary import Language
from models.scope import EVERYTHING
from tests.web.answering import SURVEY, TRAINING
from tests.web.browsing import a_coordinator, log_in
from tests.web.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.ZH, Language.EN]),
    pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"]),
]

NOTE = "两天后补 <b>名单</b>"


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say in one language."""

    note: str
    mark: str
    kept: str
    send: str
    later: str
    until: str
    reason: str
    ask: str


WORDS = {
    Language.ZH: Words(
        note="备注",
        mark="标记办结",
        kept="您填写的内容已保留",
        send="提交",
        later="申请延期",
        until="新的最后期限",
        reason="理由",
        ask="提交申请",
    ),
    Language.EN: Words(
        note="Note",
        mark="Mark as done",
        kept="What you typed is kept",
        send="Send",
        later="Ask for a later day",
        until="New last day",
        reason="Reason",
        ask="Ask",
    ),
}


def test_an_answer_is_kept_shown_after_the_login_and_sent(
    site: Site, chromium: "Browser", language: Language, scripts: bool
) -> None:
    words = WORDS[language]
    with a_coordinator(chromium, site, language, scripts=scripts) as page:
        page.goto(SURVEY)
        page.get_by_label("members").fill("12")
        page.get_by_label(words.note).fill(NOTE)
        site.clock.now += IDLE
        page.get_by_role("button", name=words.mark, exact=True).click()
        page.get_by_text(words.kept).wait_for()
        log_in(page, language)
        page.get_by_text(NOTE).first.wait_for()
        assert task_of(site) == ("open", None), "nothing is sent before somebody says so"
        page.get_by_role("button", name=words.send, exact=True).click()
        page.locator(".told").wait_for()
        page.get_by_text(NOTE).wait_for()
        assert not scripts or page.evaluate("Object.keys(localStorage)") == [], "once it is sent it is kept no longer"
    assert task_of(site) == ("done", NOTE)


def test_a_request_for_a_later_day_is_kept_too(
    site: Site, chromium: "Browser", language: Language, scripts: bool
) -> None:
    words = WORDS[language]
    with a_coordinator(chromium, site, language, scripts=scripts) as page:
        page.goto(TRAINING)
        page.locator("summary", has_text=words.later).click()
        page.get_by_label(words.until).fill("2009-10-20")
        page.get_by_label(words.reason).fill(NOTE)
        site.clock.now += IDLE
        page.get_by_role("button", name=words.ask, exact=True).click()
        page.get_by_text(words.kept).wait_for()
        log_in(page, language)
        page.get_by_role("button", name=words.send, exact=True).click()
        page.locator(".told").wait_for()
    (waiting,), _ = read_requests(site.house, scope=EVERYTHING)
    assert (waiting.request.until.isoformat(), waiting.request.reason) == ("2009-10-20", NOTE)


def task_of(site: Site) -> tuple[str, str | None]:
    """How the survey stands, with its note."""
    task = read_branch(site.house, "trial", "U1-1", now=site.clock.now).work("mobilization", "survey").task
    return task.status.value, task.note
