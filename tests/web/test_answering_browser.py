"""Answering on a phone, in a real Chromium: with scripts and without, with a connection and without."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from actions.add_problem import Finding, add_problems
from actions.complete import complete
from actions.reading.branches import read_branch
from config.vocabulary import Language
from models.database import transaction
from models.queries import find_officer
from tests.factories import answer
from tests.web.answering import BRANCH, SURVEY, TRAINING, a_link
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


def test_of_a_file_that_is_too_large_nothing_is_said_beside_it_that_was_wrong_before(
    visited: Site, chromium: "Browser"
) -> None:
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited) + SURVEY)
        page.get_by_label("members").fill("-3")
        page.get_by_role("button", name="标记办结").first.tap()
        page.get_by_text("低于下限").wait_for()
        page.get_by_label("members").fill("3")
        file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": bytes(10 * 1024 * 1024 + 1)}
        page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="标记办结").first.tap()
        page.get_by_text("文件超过 10 MB").wait_for()
        assert page.get_by_text("低于下限").count() == 0
        assert page.locator("[aria-invalid]").count() == 0
        assert page.get_by_label("members").input_value() == "3"
    assert standings(visited)["survey"] == "open"


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


@dataclass(frozen=True, slots=True)
class Form:
    """A form beside the one of an answer: where it is, what opens it, what is typed, and what sends it."""

    place: str
    opener: str
    typed: Mapping[str, str]
    button: str


DAY = "2009-10-20"
FORMS = {
    "extension": Form(TRAINING, "申请延期", {"新的最后期限": DAY, "理由": "停电"}, "提交申请"),
    "reopening": Form(SURVEY, "重新办理", {"理由": "数字有误"}, "重新办理"),
    "problem": Form(BRANCH, "登记问题", {"问题内容": "无窗口", "责任人": "张三", "解决期限": DAY}, "登记"),
    "solution": Form(BRANCH, "已解决", {"解决情况": "开了窗口"}, "标记已解决"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_else_cannot_be_sent_stays_until_it_can(visited: Site, chromium: "Browser", form: Form) -> None:
    complete(visited.house, "trial", [answer("U1-1", "survey")])
    add_problems(visited.house, "trial", [Finding("U1-1", "记录不全", NOW, "test")])
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited) + form.place)
        page.locator("summary", has_text=form.opener).tap()
        fields = page.locator("details[open]")
        for label, text in form.typed.items():
            fields.get_by_label(label).fill(text)
        page.context.set_offline(True)
        fields.get_by_role("button", name=form.button, exact=True).tap()
        page.get_by_text("尚未发送").wait_for()
        page.context.set_offline(False)
        page.reload()
        page.get_by_text("尚未发送").wait_for()
        assert {label: fields.get_by_label(label).input_value() for label in form.typed} == form.typed
        page.get_by_role("button", name="立即发送").tap()
        page.locator(".told").wait_for()
        assert page.evaluate("Object.keys(localStorage)") == []
        page.goto(a_link(visited) + BRANCH)
        shown = page.locator("main").inner_text()
        assert [text for text in form.typed.values() if text not in shown and text != DAY] == []


def test_what_a_refused_form_said_is_on_its_page_and_kept_nowhere_else(visited: Site, chromium: "Browser") -> None:
    with a_phone(chromium, visited) as page:
        page.goto(a_link(visited) + TRAINING)
        page.locator("summary").last.tap()
        page.get_by_label("新的最后期限").fill("2009-09-01")
        page.get_by_label("理由").fill("停电")
        page.get_by_role("button", name="提交申请").tap()
        page.locator(".fault").wait_for()
        assert page.get_by_label("理由").input_value() == "停电"
        assert page.evaluate("Object.keys(localStorage)") == []


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
