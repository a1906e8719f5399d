"""Assignments over the API: listed page by page, answered, reopened, given more time."""

import threading
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import insert

from actions.assignments.named import Named
from actions.extend import Request, extend
from actions.waive import waive
from config.vocabulary import TokenScope
from models.assignment import Assignment
from models.branch import Branch
from models.database import transaction
from models.dialects import table_of
from tests.records import every, work_of
from tests.web.answering import send_made
from tests.web.api.programs import a_program
from tests.web.sites import NOW, Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SURVEY, TRAINING = 1, 2
"""Tasks of branch U1-1: survey is overdue and asks for the figure members, training is due on 24 September."""


def numbers(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [item["assignment"] for item in answer.json()["items"]]


def test_an_assignment_says_what_it_is_and_how_it_stands(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        found = program.get(f"/assignments/{SURVEY}").json()
    assert found == {
        "assignment": SURVEY,
        "campaign": "trial",
        "branch": "U1-1",
        "branch_name": "企业U1-1支部",
        "unit": "U1",
        "unit_name": "第1区",
        "officer": "OU1-1",
        "stage": "mobilization",
        "task": "survey",
        "title": {"zh": "摸底", "en": "Survey"},
        "due": "2009-09-14T16:00:00Z",
        "last_day": "2009-09-14",
        "status": "open",
        "standing": "overdue",
        "late": True,
        "done_at": None,
        "done_by": None,
        "note": None,
        "figures": {},
    }


NARROWED = {
    "": 12,
    "campaign=trial": 12,
    "unit=U1": 6,
    "unit=城": 12,  # a unit above, by its name
    "branch=U2-1": 2,
    "stage=mobilization": 12,
    "stage=study": 0,  # it has not opened
    "task=survey": 6,
    "status=open": 12,
    "status=done": 0,
    "standing=overdue": 3,
    "standing=due": 0,
    "standing=upcoming": 0,
    "standing=open": 9,
    "standing=done": 0,
    "due_before=2009-09-15T00:00:00%2B08:00": 0,  # the deadline's own instant
    "due_before=2009-09-15T00:00:01%2B08:00": 3,
    "due_after=2009-09-25T00:00:00%2B08:00": 6,
    "unit=U1&task=survey&standing=overdue": 3,
}
"""How many assignments each query finds in the trial."""


def test_a_list_is_narrowed(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        found = {query: len(numbers(program.get(f"/assignments?{query}"))) for query in NARROWED}
    assert found == NARROWED


def test_a_walk_through_the_pages_meets_each_once_whatever_is_written_meanwhile(site: Site) -> None:
    there = {assignment.id for assignment in every(site.house, Assignment)}
    met: list[int] = []
    with a_program(site, "coordinator") as program:
        page = program.get("/assignments", params={"limit": 5}).json()
        while True:
            met += [item["assignment"] for item in page["items"]]
            if page["next"] is None:
                break
            more_branches_get_work(site, met[-1])
            until = date(2009, 10, 20) + timedelta(days=met[-1])
            extend(site.house, "trial", Request(until, "x", unit="U1"), actor="test", now=site.clock())
            page = program.get("/assignments", params={"limit": 5, "cursor": page["next"]}).json()
    assert met == sorted(set(met))
    assert set(met) >= there


def more_branches_get_work(site: Site, after: int) -> None:
    """Give work to one more branch, as an opening does."""
    like, branch = every(site.house, Assignment)[0], every(site.house, Branch)[0]
    with transaction(site.house.engine) as session:
        joined = branch.model_dump(exclude={"id"}) | {"code": f"late-{after}"}
        [key] = session.execute(insert(table_of(Branch)).values(joined).returning(table_of(Branch).c.id)).one()
        session.execute(insert(table_of(Assignment)).values(like.model_dump(exclude={"id"}) | {"branch_id": key}))


def test_completing_says_so_in_the_users_name(site: Site) -> None:
    with a_program(site, "county") as program:
        done = program.post(f"/assignments/{SURVEY}/complete", json={"figures": {"members": "14"}, "note": " 走访 "})
        assert done.status_code == 200, done.text
        assert done.headers["ETag"] == program.get(f"/assignments/{SURVEY}").headers["ETag"]
        bare = program.post(f"/assignments/{TRAINING}/complete", json={}).json()
    said = done.json()
    assert (said["status"], said["done_by"], said["done_at"]) == ("done", "county", "2009-09-15T02:00:00Z")
    assert (said["figures"], said["note"]) == ({"members": 14}, "走访")
    assert (bare["status"], bare["figures"], bare["note"]) == ("done", {}, None)


WRONG_FIGURES = (
    ({}, "needs the figures members"),
    ({"members": 1.5}, "1.5 is not a whole number"),
    ({"members": 10**20}, "is too large to be stored"),
    ({"members": 3, "cats": 1}, "no figure cats is asked for"),
)


@ONE
def test_figures_that_are_not_as_the_task_asks_are_refused(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        for figures, told in WRONG_FIGURES:
            refused = program.post(f"/assignments/{SURVEY}/complete", json={"figures": figures})
            assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
            assert told in refused.json()["detail"]
    assert work_of(site.house, "U1-1", "survey").done_at is None


NOT_TAKEN = "has a character in it that is not taken here"
WRONG_BODIES = (
    (b'{"figures": {"members": "many"}}', 422, "body.figures.members", "must be a number"),
    (b'{"figures": {"members": 1e400}}', 422, "body.figures.members", "must be a number"),
    (b'{"figures": {"members": NaN}}', 422, "body.figures.members", "must be a number"),
    (b'{"note": "\\u0000"}', 422, "body.note", NOT_TAKEN),
    (b'{"note": "\\ud800"}', 422, "body.note", NOT_TAKEN),
    (b'{"notes": "x"}', 422, "body.notes", "is not known here"),
    (b"[]", 422, "body", "must be an object of names with values"),
    (b"{", 422, "body.1", "is not JSON"),
    (b"", 422, "body", "is missing"),
    (b'{"note": "' + b"x" * 2001 + b'"}', 422, "body.note", "must be at most 2000 characters long"),
    (b"\xff", 400, None, None),
    (b" " * (1024 * 1024 + 1), 413, None, None),
)


@ONE
def test_a_body_that_is_not_as_it_should_be_is_told_where_it_is_wrong(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        for body, status, place, message in WRONG_BODIES:
            refused = program.post(
                f"/assignments/{TRAINING}/complete", content=body, headers={"Content-Type": "application/json"}
            )
            problem = refused.json()
            assert (refused.status_code, problem["status"]) == (status, status), body[:40]
            if place is not None:
                assert {"place": place, "message": message} in problem["errors"]
    assert work_of(site.house, "U1-1", "training").done_at is None


@ONE
def test_a_body_of_no_announced_length_is_cut_off_as_well(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        pieces = (b" " * 65536 for _ in range(17))
        refused = program.post(
            f"/assignments/{TRAINING}/complete", content=pieces, headers={"Content-Type": "application/json"}
        )
    assert refused.status_code == 413


def test_the_same_answer_twice_is_harmless_and_another_one_is_told_of_the_first(site: Site) -> None:
    with a_program(site, "coordinator") as program, a_program(site, "officer") as other:
        first = program.post(f"/assignments/{SURVEY}/complete", json={"figures": {"members": 14}})
        again = program.post(f"/assignments/{SURVEY}/complete", json={"figures": {"members": 14}})
        another = other.post(f"/assignments/{SURVEY}/complete", json={"figures": {"members": 15}})
    assert (again.status_code, again.json()) == (200, first.json())
    assert another.status_code == 409
    assert "was done by coordinator on 2009-09-15" in another.json()["detail"]


def test_of_two_who_answer_at_once_one_is_told(site: Site) -> None:
    statuses: list[int] = []

    def answer(members: int) -> None:
        with a_program(site, "coordinator") as program:
            said = program.post(f"/assignments/{SURVEY}/complete", json={"figures": {"members": members}})
            statuses.append(said.status_code)

    threads = [threading.Thread(target=answer, args=[members]) for members in (14, 15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses) == [200, 409]


def test_programs_and_browsers_that_answer_at_once_do_not_wait_for_one_another(site: Site) -> None:
    statuses: list[int] = []
    start = threading.Barrier(6)

    def by_program(branch: str) -> None:
        with a_program(site, "coordinator") as program:
            (item,) = program.get("/assignments", params={"branch": branch, "task": "training"}).json()["items"]
            start.wait()
            statuses.append(program.post(f"/assignments/{item['assignment']}/complete", json={}).status_code)

    def by_browser(branch: str) -> None:
        task = f"/campaigns/trial/branches/{branch}/tasks/mobilization/training"
        with site.browser("coordinator") as browser:
            made = browser.get(task).text
            start.wait()
            statuses.append(send_made(browser, made, f"{task}/complete", {}).status_code)

    threads = [
        threading.Thread(target=by, args=[f"U{unit}-{number}"])
        for unit, by in ((1, by_program), (2, by_browser))
        for number in (1, 2, 3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses) == [200, 200, 200, 303, 303, 303]


@ONE
def test_waived_work_is_not_answered_before_it_is_reopened(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        waive(site.house, "trial", Named("U1-1", "training"), reason="x", actor="test", now=NOW)
        refused = program.post(f"/assignments/{TRAINING}/complete", json={})
        assert (refused.status_code, refused.json()["title"]) == (409, "Somebody was first")
        assert program.post(f"/assignments/{TRAINING}/reopen", json={"reason": "doch"}).json()["status"] == "open"
        assert program.post(f"/assignments/{TRAINING}/complete", json={}).json()["status"] == "done"


def test_a_write_on_condition_of_a_state_that_has_passed_changes_nothing(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        tag = program.get(f"/assignments/{SURVEY}").headers["ETag"]
        answer = {"figures": {"members": 14}}
        done = program.post(f"/assignments/{SURVEY}/complete", json=answer, headers={"If-Match": tag})
        assert done.status_code == 200
        late = program.post(f"/assignments/{SURVEY}/reopen", json={"reason": "x"}, headers={"If-Match": tag})
        assert (late.status_code, late.json()["title"]) == (412, "It has changed")
        for known in (done.headers["ETag"], "*", f'"other", {done.headers["ETag"]}'):
            now = program.post(f"/assignments/{SURVEY}/complete", json=answer, headers={"If-Match": known})
            assert now.status_code == 200


@ONE
def test_the_tag_of_a_state_does_not_change_with_time_alone(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        before = program.get(f"/assignments/{TRAINING}")
        site.clock.now = NOW.replace(month=10)
        after = program.get(f"/assignments/{TRAINING}")
    assert (before.json()["standing"], after.json()["standing"]) == ("open", "overdue")
    assert before.headers["ETag"] == after.headers["ETag"]


def test_reopening_takes_the_figures_out(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        program.post(f"/assignments/{SURVEY}/complete", json={"figures": {"members": 14}})
        opened = program.post(f"/assignments/{SURVEY}/reopen", json={"reason": "填错了"}).json()
        assert (opened["status"], opened["figures"], opened["standing"]) == ("open", {}, "overdue")
        again = program.post(f"/assignments/{SURVEY}/reopen", json={"reason": "填错了"})
        assert (again.status_code, again.json()) == (200, opened)
        assert program.post(f"/assignments/{SURVEY}/reopen", json={"reason": "  "}).status_code == 422


def test_more_time_is_granted_by_those_who_decide(site: Site) -> None:
    wanted = {"until": "2009-09-30", "reason": "停产检修"}
    with a_program(site, "group") as program, a_program(site, "officer") as officer:
        moved = program.post(f"/assignments/{SURVEY}/extend", json=wanted)
        assert (moved.status_code, moved.json()["last_day"], moved.json()["standing"]) == (200, "2009-09-30", "open")
        earlier = program.post(f"/assignments/{SURVEY}/extend", json=wanted)
        assert earlier.status_code == 422
        assert "no open deadline" in earlier.json()["detail"]
        assert officer.post(f"/assignments/{SURVEY}/extend", json=wanted).status_code == 403


def test_more_time_is_asked_for_by_those_who_answer(site: Site) -> None:
    wanted = {"until": "2009-09-30", "reason": "停产检修"}
    with a_program(site, "officer") as program:
        asked = program.post(f"/assignments/{SURVEY}/requests", json=wanted)
        assert asked.status_code == 201, asked.text
        assert asked.json() == {
            "request": 1,
            "assignment": SURVEY,
            "until": "2009-09-30",
            "reason": "停产检修",
            "status": "asked",
            "asked_at": "2009-09-15T02:00:00Z",
            "asked_by": "officer",
        }
        again = program.post(f"/assignments/{SURVEY}/requests", json=wanted)
    assert again.status_code == 422
    assert "waits already" in again.json()["detail"]


WRITES = {
    "complete": {"figures": {"members": 14}},
    "reopen": {"reason": "x"},
    "extend": {"until": "2009-09-30", "reason": "x"},
    "requests": {"until": "2009-10-09", "reason": "x"},
}


@ONE
def test_every_write_is_repeated_under_its_key(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        for path, body in WRITES.items():
            key = {"Idempotency-Key": f"key-of-{path}"}
            first = program.post(f"/assignments/{SURVEY}/{path}", json=body, headers=key)
            again = program.post(f"/assignments/{SURVEY}/{path}", json=body, headers=key)
            other = program.post(f"/assignments/{TRAINING}/{path}", json=body, headers=key)
            assert first.status_code in (200, 201), first.text
            assert (again.status_code, again.content) == (first.status_code, first.content)
            assert again.headers["ETag"] == first.headers["ETag"]
            assert [answer.headers.get("Idempotency-Replayed") for answer in (first, again)] == [None, "true"]
            assert (other.status_code, "was used for another request" in other.json()["detail"]) == (422, True)


@ONE
def test_a_token_that_only_reads_changes_nothing(site: Site) -> None:
    with a_program(site, "coordinator", TokenScope.READ) as program:
        refused = program.post(f"/assignments/{TRAINING}/complete", json={})
    assert (refused.status_code, refused.json()["title"]) == (403, "Not allowed")
    assert work_of(site.house, "U1-1", "training").done_at is None
