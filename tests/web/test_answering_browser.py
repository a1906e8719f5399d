"""Answering on a phone, in a real Chromium: with scripts and without, with a connection and without."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from actions.reading.branches import read_branch
from config.vocabulary import Language
from models.database import transaction
from models.queries import find_officer
from tests.web.answering import SURVEY, a_link
from tests.web.sites import NOW, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

WORDS = {
    Language.ZH: ("标记办结", "填报并办结"),
    Language.EN: ("Mark as done", "Fill in and mark as done"),
}


@contextmanager
def a_phone(chromium: "Browser", site: Site, *, scripts: bool = True) -> Iterator["Page"]:
    context = chromium.new_context(
        base_url=site.address, java_script_enabled=scripts, viewport={"width": 360, "height": 740}, has_touch=True
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.set_default_timeout(20_000)
    yield page
    assert [words for words in complaints if "Content Security Policy" in words] == []
    context.close()


def reads(site: Site, language: Language) -> None:
    with transaction(site.house.engine) as session:
        officer = find_officer(session, "OU1-1")
        officer.language = language
        session.add(officer)


def standings(site: Site) -> dict[str, str]:
    works = read_branch(site.house, "trial", "U1-1", now=NOW).works
    return {work.task.task: work.task.status.value for work in works}


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_taps_complete_a_task(visited: Site, chromium: "Browser", scripts: bool, language: Language) -> None:
    reads(visited, language)
    mark, fill = WORDS[language]
    with a_phone(chromium, visited, scripts=scripts) as page:
        page.goto(a_link(visited))  # the first tap
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.locator(".work").nth(1).get_by_role("button", name=mark, exact=True).tap()
        page.locator(".badge.good, .told").wait_for()
        assert standings(visited) == {"survey": "open", "training": "done"}
        page.locator("summary", has_text=fill).tap()
        page.get_by_label("members").fill("12")
        page.get_by_role("button", name=mark, exact=True).tap()
        (page.locator(".badge.good").nth(1) if scripts else page.locator(".empty")).wait_for()
    assert standings(visited) == {"survey": "done", "training": "done"}


def test_a_wrong_figure_is_said_in_the_row_that_stays_as_it_was_typed(visited: Site, chromium: "Browser") -> None:
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited))
        page.locator("summary").tap()
        page.get_by_label("members").fill("-3")
        page.get_by_role("button", name="标记办结").first.tap()
        page.get_by_text("低于下限").wait_for()
        assert page.get_by_label("members").input_value() == "-3"
        page.get_by_label("members").fill("3")
        page.get_by_role("button", name="标记办结").first.tap()
        page.locator(".badge.good").wait_for()
    assert standings(visited)["survey"] == "done"


@pytest.mark.parametrize("place", ["", SURVEY], ids=["list", "task"])
def test_what_cannot_be_sent_stays_until_it_can(visited: Site, chromium: "Browser", place: str) -> None:
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited) + place)
        if not place:
            page.locator("summary").tap()
        page.context.set_offline(True)
        page.get_by_label("members").fill("12")
        page.get_by_role("button", name="标记办结").first.tap()
        page.get_by_text("尚未发送").wait_for()
        assert page.get_by_label("members").input_value() == "12"
        page.context.set_offline(False)
        page.reload()
        page.get_by_text("尚未发送").wait_for()
        assert page.get_by_label("members").input_value() == "12"
        page.get_by_role("button", name="立即发送").tap()
        page.locator(".badge.good").first.wait_for()
        page.goto(a_link(visited) + SURVEY)
        assert page.get_by_text("尚未发送").count() == 0
    assert standings(visited)["survey"] == "done"


def test_under_a_link_that_has_lapsed_the_text_stays(visited: Site, chromium: "Browser") -> None:
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited))
        page.locator("summary").tap()
        page.get_by_label("members").fill("12")
        with transaction(visited.house.engine) as session:
            officer = find_officer(session, "OU1-1")
            officer.link_epoch = 1
            session.add(officer)
        page.get_by_role("button", name="标记办结").first.tap()
        page.get_by_text("链接已作废").wait_for()
        assert page.locator("textarea").input_value() == "12"
        page.goto(a_link(visited, epoch=1))
        assert page.get_by_label("members").input_value() == "12"
        page.get_by_role("button", name="立即发送").tap()
        page.locator(".badge.good").wait_for()
    assert standings(visited)["survey"] == "done"


def test_hostile_text_is_only_text(visited: Site, chromium: "Browser") -> None:
    hostile = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited) + SURVEY)
        page.get_by_label("members").fill("12")
        page.get_by_label(re.compile("备注")).fill(hostile)
        page.get_by_role("button", name="标记办结").tap()
        page.get_by_text(hostile).wait_for()
        assert "taken" not in page.title()
