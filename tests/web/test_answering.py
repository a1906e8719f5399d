"""Answering: once, by whoever was first, and nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import replace

import httpx
import pytest

from actions.ask_extension import Wish, ask_extension
from actions.assignments.named import Named
from actions.complete import complete
from actions.extend import Request, extend
from actions.reading.branches import read_branch
from actions.reading.work import WorkState
from actions.reopen import reopen
from actions.waive import waive
from tests import files
from tests.dumps import dump
from tests.factories import answer, at
from tests.records import events_of
from tests.web.answering import BRANCH, SURVEY, TRAINING, a_link, send, send_made, words_of
from tests.web.sites import NOW, Site, a_site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} '\" \u202e"


def work(site: Site, task: str = "survey", branch: str = "U1-1") -> WorkState:
    return read_branch(site.house, "trial", branch, now=site.clock.now).work("mobilization", task)


@ONE
@pytest.mark.parametrize("who", ["link", "officer", "coordinator"])
def test_a_task_is_completed_with_figures_and_note(site: Site, who: str) -> None:
    root = a_link(site) if who == "link" else ""
    with site.browser(None if who == "link" else who) as browser:
        done = send(browser, root + SURVEY, "complete", {"figure-members": " １2 ", "note": HOSTILE})
        assert (done.status_code, done.headers["location"]) == (303, f"{root}{SURVEY}?told=done")
        page = browser.get(done.headers["location"]).text
    state = work(site).task
    assert (state.figures, state.note) == ({"members": 12}, HOSTILE.strip())
    assert state.done_by == ("link:OU1-1" if who == "link" else who)
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in words_of(page)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "is missing"),
        ({"figure-members": "twelve"}, "twelve is not a number; write digits"),
        ({"figure-members": "-1"}, "-1 is under the least allowed, 0"),
        ({"figure-members": "1.5"}, "1.5 is not a whole number"),
        ({"figure-members": "9" * 24}, "is too large to be stored"),
        ({"figure-members": "12", "note": "x" * 2001}, "has 2,001 characters; at most 2,000 are kept"),
        ({"figure-members": "12", "note": "a\x00b"}, "has a character in it that cannot be stored"),
    ],
    ids=["missing", "words", "too small", "half", "too large", "a long note", "a null"],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_stays(
    untouched: Site, fields: Mapping[str, str], said: str
) -> None:
    with untouched.browser("officer") as browser:
        before = dump(untouched.house.engine)
        answer = send(browser, SURVEY, "complete", {"note": HOSTILE, **fields})
    assert answer.status_code == 422
    assert said in words_of(answer.text)
    assert 'aria-invalid="true"' in answer.text
    for value in {"note": HOSTILE, **fields}.values():
        assert value.strip("\x00 ")[:40] in words_of(answer.text) or f'value="{value}"' in answer.text
    assert dump(untouched.house.engine) == before


@ONE
def test_bytes_that_are_no_text_are_not_stored(visited: Site) -> None:
    with visited.browser() as browser:
        link = a_link(visited)
        seen = work(visited, "training").task.seen
        body = f"seen={seen}&note=%ff%fe".encode()
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert browser.post(link + TRAINING + "/complete", content=body, headers=form).status_code == 422
        assert browser.post(link + TRAINING + "/complete", content=b"\xff\xfe", headers=form).status_code == 409
        broken = {"Content-Type": "multipart/form-data; boundary=x"}
        assert browser.post(link + TRAINING + "/complete", content=b"--y\r\n", headers=broken).status_code == 400
    assert work(visited, "training").task.status == "open"


@ONE
def test_a_row_that_is_redrawn_after_another_answered_keeps_what_was_typed(site: Site) -> None:
    with site.browser("officer") as browser:
        made = browser.get(BRANCH).text
        complete(site.house, "trial", [answer("U1-1", "survey", members=3)])
        told = send_made(
            browser,
            made,
            f"{SURVEY}/complete",
            {"figure-members": "7", "note": "我的话"},
            headers={"X-Row": "yes"},
        )
    assert told.status_code == 409
    assert ">7</textarea>" in told.text
    assert ">我的话</textarea>" in told.text


def test_of_two_who_answer_the_second_is_told_what_the_first_did(site: Site) -> None:
    with site.browser("officer") as first, site.browser("coordinator") as second:
        theirs = second.get(SURVEY).text
        assert send(first, SURVEY, "complete", {"figure-members": "12", "note": "all there"}).status_code == 303
        before = dump(site.house.engine)
        late = send_made(second, theirs, f"{SURVEY}/complete", {"figure-members": "13", "note": "mine"})
    assert late.status_code == 409
    words = words_of(late.text)
    assert "was done meanwhile, by officer; nothing was changed" in words
    assert "Done by officer on Sep 15, 2009" in words
    assert "all there" in words
    assert (">13</textarea>" in late.text, ">mine</textarea>" in late.text) == (True, True)
    assert dump(site.house.engine) == before


@ONE
@pytest.mark.parametrize("change", ["extended", "waived", "reopened"])
def test_a_form_that_is_stale_changes_nothing_and_keeps_the_text(site: Site, change: str) -> None:
    house = site.house
    if change == "reopened":
        complete(house, "trial", [answer("U1-1", "survey")])
    with site.browser("officer") as browser:
        made = browser.get(SURVEY).text
        if change == "extended":
            request = Request(at("2009-09-20 12:00").date(), "flood", branch="U1-1", task="survey")
            extend(house, "trial", request, actor="C", now=NOW)
            verb, fields = "complete", {"figure-members": "12", "note": "kept"}
        elif change == "waived":
            waive(house, "trial", Named("U1-1", "survey"), reason="closed", actor="C", now=NOW)
            verb, fields = "complete", {"figure-members": "12", "note": "kept"}
        else:
            send_made(browser, made, f"{SURVEY}/reopen", {"reason": "first"})
            verb, fields = "reopen", {"reason": "kept"}
        before = dump(house.engine)
        late = send_made(browser, made, f"{SURVEY}/{verb}", fields)
    assert (late.status_code, "nothing was changed" in late.text, "kept</textarea>" in late.text) == (409, True, True)
    assert dump(house.engine) == before


@ONE
@pytest.mark.parametrize(
    ("verb", "fields", "change", "said"),
    [
        ("complete", {"figure-members": "x", "note": "kept"}, "done", "was done meanwhile, by "),
        ("extension", {"until": "soon", "reason": "kept"}, "done", "was done meanwhile, by "),
        ("extension", {"until": "2009-10-20", "reason": "kept"}, "asked", "a request of coordinator waits already"),
        ("extension", {"until": "soon", "reason": "kept"}, "asked", "a request of coordinator waits already"),
        ("reopen", {"reason": "kept" * 400}, "reopened", "was reopened or given another day meanwhile"),
    ],
)
def test_a_form_with_faults_that_is_not_there_any_more_says_why_and_keeps_the_text(
    site: Site, verb: str, fields: Mapping[str, str], change: str, said: str
) -> None:
    house = site.house
    if change == "reopened":
        complete(house, "trial", [answer("U1-1", "survey")])
    with site.browser("officer") as browser:
        made = browser.get(SURVEY).text
        if change == "done":
            complete(house, "trial", [answer("U1-1", "survey")])
        elif change == "asked":
            wish = Wish("U1-1", "survey", at("2009-10-21 12:00").date(), "flood")
            ask_extension(house, "trial", wish, actor="coordinator", now=NOW)
        else:
            reopen(house, "trial", Named("U1-1", "survey"), reason="again", actor="coordinator", now=NOW)
        before = dump(house.engine)
        late = send_made(browser, made, f"{SURVEY}/{verb}", fields)
    assert (late.status_code, said in words_of(late.text), "kept</textarea>" in late.text) == (409, True, True)
    assert dump(house.engine) == before


@ONE
def test_a_later_day_asked_for_with_two_clicks_is_asked_for_once(visited: Site) -> None:
    with visited.browser() as browser:
        page = a_link(visited) + SURVEY
        made = browser.get(page).text
        wish = {"until": "2009-09-24", "reason": "flood"}
        twice = [send_made(browser, made, f"{page}/extension", wish) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [303, 303]
    assert len(work(visited).requests) == 1


@ONE
def test_a_double_click_is_harmless(visited: Site) -> None:
    with visited.browser() as browser:
        page = a_link(visited) + SURVEY
        made = browser.get(page).text
        twice = [send_made(browser, made, f"{page}/complete", {"figure-members": "12"}) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [303, 303]
    assert len([event for event in events_of(visited.house) if event.kind == "assignment.completed"]) == 1


@ONE
def test_a_row_is_answered_in_its_place(visited: Site) -> None:
    with visited.browser() as browser:
        link = a_link(visited)
        in_place = {"headers": {"X-Row": "yes"}}
        wrong = send(browser, link + SURVEY, "complete", {"figure-members": "x"}, **in_place)
        done = send(browser, link + SURVEY, "complete", {"figure-members": "12"}, **in_place)
        lapsed = browser.post(link[:-3] + SURVEY + "/complete", data={}, headers={"X-Row": "yes"})
    assert [(wrong.status_code, wrong.headers["x-row"]), (done.status_code, done.headers["x-row"])] == [
        (422, "yes"),
        (200, "yes"),
    ]
    for row in (wrong.text, done.text):
        assert (row.strip()[:3], row.strip()[-5:]) == ("<li", "</li>")
    assert "已办结" in done.text
    assert "x-row" not in lapsed.headers


@ONE
def test_a_task_is_opened_again_with_a_reason(visited: Site) -> None:
    complete(visited.house, "trial", [answer("U1-1", "survey")])
    with visited.browser() as browser:
        page = a_link(visited) + SURVEY
        assert send(browser, page, "reopen", {"reason": "  "}).status_code == 422
        assert send(browser, page, "reopen", {"reason": "wrong year"}).status_code == 303
    assert work(visited).task.status == "open"


@ONE
def test_a_later_day_is_asked_for_and_withdrawn(visited: Site) -> None:
    with visited.browser() as browser:
        page = a_link(visited) + SURVEY
        wrong = send(browser, page, "extension", {"until": "2009-09-01", "reason": "flood"})
        assert (wrong.status_code, "不晚于" in wrong.text, "flood</textarea>" in wrong.text) == (422, True, True)
        assert send(browser, page, "extension", {"until": "soon", "reason": "flood"}).status_code == 422
        assert send(browser, page, "extension", {"until": "2009-09-18", "reason": "flood"}).status_code == 303
        assert "待审批" in browser.get(page).text
        (request,) = work(visited).requests
        assert send(browser, page, f"extension/{request.number}/withdraw", {}).status_code == 303
    assert [request.status for request in work(visited).requests] == ["withdrawn"]


@ONE
def test_a_viewer_sees_the_answer_and_no_form(site: Site) -> None:
    complete(site.house, "trial", [answer("U1-1", "survey")])
    with site.browser("viewer") as browser:
        page = browser.get(SURVEY).text
        assert ("Done by" in page, "<textarea" in page) == (True, False)
        made = browser.get("/").text
        sent = browser.post(f"{TRAINING}/complete", data={"seen": work(site, "training").task.seen, **csrf(made)})
        assert sent.status_code == 403
    assert work(site, "training").task.status == "open"


@ONE
def test_a_form_of_another_site_is_turned_away_and_a_lost_login_loses_nothing(site: Site) -> None:
    with site.browser("officer") as browser:
        made = browser.get(SURVEY).text
        forged = browser.post(f"{SURVEY}/complete", data={"figure-members": "12", "note": "kept", "csrf": "0" * 64})
        assert (forged.status_code, ">kept</textarea>" in forged.text) == (403, True)
        del browser.cookies["rollcall"]
        lost = send_made(browser, made, f"{SURVEY}/complete", {"figure-members": "12", "note": "kept"})
        assert (lost.status_code, 'name="kept"' in lost.text) == (401, True)
    assert work(site).task.status == "open"


@ONE
def test_evidence_comes_with_the_answer(visited: Site) -> None:
    with visited.browser() as browser:
        page = a_link(visited) + TRAINING
        done = send(browser, page, "complete", {}, files={"file": ("现场.exe", files.JPEG, "text/html")})
        assert done.status_code == 303
        (evidence,) = work(visited, "training").evidence
        handed = browser.get(f"{a_link(visited)}/evidence/{evidence.number}")
    assert (evidence.name, handed.content) == ("现场.jpg", files.JPEG)
    assert headers_of(handed) == ("image/jpeg", "inline", "default-src 'none'; sandbox", "nosniff")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", files.HTML, "is no photo (JPEG, PNG, WebP, HEIC), PDF or Office file"),
        ("a.svg", files.SVG, "is no photo"),
        ("a.pdf", b"", "is empty"),
        ("a.pdf", files.PDF + bytes(10 * 1024 * 1024), "is larger than 10 MB"),
    ],
    ids=["html", "svg", "empty", "too large"],
)
def test_a_file_that_is_not_taken_is_said_beside_its_field(
    untouched: Site, name: str, content: bytes, said: str
) -> None:
    with untouched.browser("officer") as browser:
        refused = send(browser, TRAINING, "complete", {"note": "kept"}, files={"file": (name, content)})
    assert (refused.status_code, said in words_of(refused.text), "kept</textarea>" in refused.text) == (422, True, True)
    assert (work(untouched, "training").task.status, work(untouched, "training").evidence) == ("open", ())


@ONE
def test_more_than_anybody_would_send_is_cut_off(visited: Site) -> None:
    settings = visited.house.settings.model_copy(update={"evidence_megabytes": 1})
    with a_site(replace(visited.house, settings=settings)) as small, small.browser() as browser:
        page = a_link(small) + TRAINING
        far = send(browser, page, "complete", {}, files={"file": ("a.pdf", bytes(10 * 1024 * 1024))})
        long = browser.post(f"{page}/complete", data={"note": "x" * 1_100_000})
    assert [("太大" in answer.text, answer.status_code) for answer in (far, long)] == [(True, 413)] * 2


@ONE
def test_evidence_is_added_to_what_is_done_and_removed_from_what_is_open(site: Site) -> None:
    complete(site.house, "trial", [answer("U1-1", "training")])
    with site.browser("officer") as browser:
        assert send(browser, TRAINING, "evidence", {}).status_code == 422
        word = files.office("word/document.xml")
        assert send(browser, TRAINING, "evidence", {}, files={"file": ("<b>.docx", word)}).status_code == 303
        (evidence,) = work(site, "training").evidence
        handed = browser.get(f"/evidence/{evidence.number}")
        assert headers_of(handed)[1] == "attachment"
        remove = f"evidence/{evidence.number}/remove"
        assert send(browser, TRAINING, remove, {}).status_code == 422
        send(browser, TRAINING, "reopen", {"reason": "again"})
        assert send(browser, TRAINING, remove, {}).status_code == 303
        assert browser.get(f"/evidence/{evidence.number}").status_code == 404


@ONE
def test_evidence_of_another_subtree_is_not_there(site: Site) -> None:
    foreign = TRAINING.replace("U1-1", "U2-1")
    with site.browser("coordinator") as browser:
        send(browser, foreign, "complete", {}, files={"file": ("a.pdf", files.PDF)})
        (evidence,) = work(site, "training", "U2-1").evidence
        assert browser.get(f"/evidence/{evidence.number}").status_code == 200
    with site.browser("county") as county, site.browser() as reader:
        assert county.get(f"/evidence/{evidence.number}").status_code == 404
        assert reader.get(f"{a_link(site)}/evidence/{evidence.number}").status_code == 404
        assert county.get(foreign).status_code == 404


def csrf(page: str) -> Mapping[str, str]:
    return {"csrf": page.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]}


def headers_of(handed: httpx.Response) -> tuple[str, str, str, str]:
    headers = handed.headers
    how = headers["content-disposition"].partition(";")[0]
    return headers["content-type"], how, headers["content-security-policy"], headers["x-content-type-options"]
