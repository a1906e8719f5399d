"""Links in messages: they show the own work to whoever has them, log nobody in, and change nothing by being opened."""

import re
from datetime import timedelta

import pytest

from actions.assignments.named import Named
from actions.set_away import set_away
from actions.waive import waive
from models.database import transaction
from models.queries import find_branch, find_officer
from notifications.links import LASTS
from tests.dumps import dump
from tests.web.answering import BRANCH, SURVEY, TRAINING, a_link, send, send_made, words_of
from tests.web.sites import NOW, Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@ONE
def test_a_link_lists_the_open_work_late_first_and_sets_no_cookie(visited: Site) -> None:
    with visited.browser() as browser:
        answer = browser.get(a_link(visited))
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    words = words_of(answer.text)
    assert "1 项逾期 · 2 项待办" in words
    assert words.index("摸底") < words.index("培训")
    assert answer.headers["content-language"] == "zh"
    assert "U1-2" not in words


@pytest.mark.parametrize("address", ["", BRANCH, SURVEY, TRAINING + "/complete"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_changes_nothing(untouched: Site, method: str, address: str) -> None:
    before = dump(untouched.house.engine)
    with untouched.browser() as browser:
        browser.request(method, a_link(untouched) + address)
    assert dump(untouched.house.engine) == before


@ONE
def test_a_link_is_not_the_login_of_whoever_opens_it(site: Site) -> None:
    with site.browser("coordinator") as browser:
        foreign = BRANCH.replace("U1-1", "U2-1")
        assert browser.get(foreign).status_code == 200
        assert browser.get(a_link(site) + foreign).status_code == 404
        page = browser.get(a_link(site)).text
        assert ("coordinator" in page, 'name="csrf"' in page) == (False, False)
        send(browser, a_link(site) + TRAINING, "complete", {})
        assert "link:OU1-1" not in browser.get("/").text
        assert "OU1-1（经链接）" in words_of(browser.get(a_link(site) + TRAINING).text)


@ONE
def test_without_a_link_nobody_answers(visited: Site) -> None:
    with visited.browser() as browser:
        made = browser.get(a_link(visited) + TRAINING).text
        assert send_made(browser, made, TRAINING + "/complete", {}).status_code == 303
        assert "待办" in browser.get(a_link(visited)).text
        assert browser.get(TRAINING).headers["location"].startswith("/login")


@ONE
def test_what_is_not_the_officers_is_not_there(visited: Site) -> None:
    with visited.browser() as browser:
        foreign = browser.get(a_link(visited) + BRANCH.replace("U1-1", "U1-2"))
        unknown = browser.get(a_link(visited) + BRANCH.replace("U1-1", "U9-9"))
        sent = browser.post(a_link(visited) + TRAINING.replace("U1-1", "U1-2") + "/complete", data={"seen": "x"})
    assert (foreign.status_code, unknown.status_code, sent.status_code) == (404, 404, 404)
    assert words_of(foreign.text).replace("U1-2", "B") == words_of(unknown.text).replace("U9-9", "B")


@ONE
def test_a_link_of_one_branch_shows_that_branch(visited: Site) -> None:
    with transaction(visited.house.engine) as session:
        branch = find_branch(session, "U1-2")
        branch.officer_id = find_officer(session, "OU1-1").id
        session.add(branch)
    with visited.browser() as browser:
        assert "企业U1-2支部" in browser.get(a_link(visited)).text
        one = a_link(visited, branch="U1-2")
        assert "企业U1-1支部" not in browser.get(one).text
        assert browser.get(one + BRANCH).status_code == 404
        gone = browser.get(a_link(visited, branch="U2-1"))
    assert (gone.status_code, "支部 U2-1 已更换联络员" in gone.text) == (410, True)


@ONE
def test_a_deputy_sees_the_work_of_whom_it_stands_in_for(visited: Site) -> None:
    set_away(visited.house, "OU1-2", "OU1-1", NOW.date(), None, actor="test", now=NOW)
    with visited.browser() as browser:
        assert "企业U1-2支部" in browser.get(a_link(visited)).text


@pytest.mark.parametrize(
    ("spoilt", "status", "said"),
    [
        pytest.param("expired", 410, "过期", id="expired"),
        pytest.param("revoked", 410, "链接已作废", id="revoked"),
        pytest.param("broken", 404, "不完整", id="broken"),
    ],
)
def test_a_link_that_is_none_says_what_to_do_and_keeps_what_was_typed(
    untouched: Site, monkeypatch: pytest.MonkeyPatch, spoilt: str, status: int, said: str
) -> None:
    link = a_link(untouched, epoch=1 if spoilt == "revoked" else 0)
    if spoilt == "expired":
        monkeypatch.setattr(untouched.clock, "now", NOW + LASTS + timedelta(seconds=1))
    if spoilt == "broken":
        link = link[:-3]
    before = dump(untouched.house.engine)
    with untouched.browser() as browser:
        browser.headers["Accept-Language"] = "zh"
        opened = browser.get(link)
        sent = browser.post(link + SURVEY + "/complete", data={"figure-members": "12", "note": "<b>十二人</b>"})
    assert [(answer.status_code, said in answer.text) for answer in (opened, sent)] == [(status, True)] * 2
    assert "&lt;b&gt;十二人&lt;/b&gt;</textarea>" in sent.text
    assert ">12</textarea>" in sent.text
    assert dump(untouched.house.engine) == before


def test_a_long_list_comes_in_pages(untouched: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.reading.work.ON_A_PAGE", 4)
    shown: list[list[str]] = []
    address = a_link(untouched, "C")
    with untouched.browser() as browser:
        while address:
            page = browser.get(address).text
            shown.append(re.findall(r'id="work-(\d+)"', page))
            more = re.search(r'href="([^"]*[?]after=\d+)"', page)
            address = more[1] if more else ""
    assert [len(works) for works in shown] == [4, 4, 4]
    assert len({work for works in shown for work in works}) == 12


@ONE
def test_what_is_waived_is_not_open(visited: Site) -> None:
    for task in ("survey", "training"):
        waive(visited.house, "trial", Named("U1-1", task), reason="closed", actor="test", now=NOW)
    with visited.browser() as browser:
        assert "没有待办事项" in browser.get(a_link(visited)).text


@ONE
def test_who_opened_a_link_may_read_it_in_the_other_language(visited: Site) -> None:
    with visited.browser() as browser:
        link = a_link(visited)
        assert 'name="language" value="en"' in browser.get(link).text
        chosen = browser.post("/language", data={"language": "en", "next": link})
        assert chosen.headers["location"] == link
        page = browser.get(link)
    assert (page.headers["content-language"], "Mark as done" in page.text) == ("en", True)
    assert 'name="language" value="zh"' in page.text


@ONE
def test_that_a_link_has_expired_is_told_in_its_readers_zone(visited: Site) -> None:
    link = a_link(visited)
    visited.clock.now += LASTS
    with visited.browser() as browser:
        assert "2009年10月15日" in browser.get(link).text
