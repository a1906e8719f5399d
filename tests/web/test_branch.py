"""The page of a branch: how it stands, its problems, and who did what."""

from collections.abc import Mapping

import httpx
import pytest

from actions.complete import complete
from actions.reading.problems import read_problems
from tests.factories import answer
from tests.web.answering import BRANCH, a_link, send_made, words_of
from tests.web.sites import NOW, Site

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def send(browser: httpx.Client, verb: str, fields: Mapping[str, str], root: str) -> httpx.Response:
    return send_made(browser, browser.get(root + BRANCH).text, f"{root}{BRANCH}/{verb}", fields)


def test_a_branch_shows_its_check_list_and_its_history(site: Site) -> None:
    complete(site.house, "trial", [answer("U1-1", "survey")])
    with site.browser("county") as browser:
        words = words_of(browser.get(BRANCH).text)
    assert words.index("Training") < words.index("Survey")
    assert "task completed Mobilization · Survey OU1-1 members 12" in words
    assert "联络员OU1-1" in words


def test_problems_are_recorded_solved_or_declared_to_be_none(visited: Site) -> None:
    with visited.browser() as browser:
        root = a_link(visited)
        assert send(browser, "problems/none", {}, root).status_code == 303
        assert "已声明没有问题" in browser.get(root + BRANCH).text
        wrong = send(browser, "problems", {"title": " ", "owner": "张三"}, root)
        assert (wrong.status_code, 'value="张三"' in wrong.text) == (422, True)
        past = send(browser, "problems", {"title": "无窗口", "due": "2009-09-01"}, root)
        assert (past.status_code, "无窗口</textarea>" in past.text) == (422, True)
        assert send(browser, "problems", {"title": "<b>无窗口</b>", "due": "2009-10-20"}, root).status_code == 303
        page = browser.get(root + BRANCH).text
        assert "&lt;b&gt;无窗口&lt;/b&gt;" in page
        assert send(browser, "problems/none", {}, root).status_code == 422
        assert send(browser, "problems/9/solve", {}, root).status_code == 404
        assert send(browser, "problems/1/solve", {"note": "开了窗口"}, root).status_code == 303
    (problem,) = read_problems(visited.house, "trial", now=NOW).problems
    assert (problem.status, problem.solved_by, problem.note) == ("solved", "link:OU1-1", "开了窗口")


def test_a_branch_of_another_subtree_is_not_there(site: Site) -> None:
    foreign = BRANCH.replace("U1-1", "U2-1")
    with site.browser("county") as browser:
        made = browser.get(BRANCH).text
        assert browser.get(foreign).status_code == 404
        assert send_made(browser, made, f"{foreign}/problems", {"title": "x"}).status_code == 404
        assert send_made(browser, made, f"{foreign}/problems/none", {}).status_code == 404
    assert read_problems(site.house, "trial", now=NOW).problems == ()
