"""A visit over the API, with the problem that was found on it and the task that was completed by it."""

import pytest

from config.vocabulary import AssignmentStatus
from models.ledgers.visit import Visit
from models.problem import Problem
from tests.dumps import dump
from tests.records import every, work_of
from tests.web.api.programs import a_program
from tests.web.sites import Site

VISITS = "/campaigns/trial/visits"
VISIT = {"day": "2009-09-14", "branch": "U1-1", "way": "lecture", "persons": 3}
FOUND = {"title": "没有活动场地", "owner": "张支书", "due": "2009-11-20"}
DONE = {"task": "survey", "figures": {"members": 14}}


def test_a_visit_files_its_problem_and_completes_its_task_once(site: Site) -> None:
    with a_program(site, "officer") as program:
        said, key = {"entry": VISIT, "found": FOUND, "done": DONE}, {"Idempotency-Key": "one"}
        first, again = (program.post(VISITS, json=said, headers=key) for _ in range(2))
        assert first.status_code == 201, first.text
        assert (first.json()["problem"], first.json()["task"]) == (1, "mobilization/survey")
        assert again.headers["Idempotency-Replayed"] == "true"
        assert program.get("/campaigns/trial/ledgers/visits/1").json() == first.json()
        problem = program.get("/campaigns/trial/problems/1").json()
    assert (problem["title"], problem["owner"], problem["last_day"]) == ("没有活动场地", "张支书", "2009-11-20")
    work = work_of(site.house, "U1-1", "survey")
    assert (work.status, work.done_by) == (AssignmentStatus.DONE, "officer")
    assert (len(every(site.house, Visit)), len(every(site.house, Problem))) == (1, 1)


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ({"entry": VISIT, "found": FOUND, "done": {"task": "dance"}}, 404, "task dance"),
        ({"entry": VISIT, "found": FOUND, "done": {"task": "survey"}}, 422, "members"),
        ({"entry": VISIT, "found": FOUND | {"due": "2009-01-01"}, "done": DONE}, 422, "2009-01-01"),
        ({"entry": {**VISIT, "branch": "U2-1"}, "found": FOUND}, 404, "branch U2-1"),
        ({"entry": {**VISIT, "persons": 0}, "found": FOUND}, 422, "persons"),
        ({"entry": VISIT, "found": {"title": " "}}, 422, ""),
    ],
)
def test_of_a_visit_that_cannot_be_taken_nothing_is_written(
    site: Site, said: dict[str, object], status: int, why: str
) -> None:
    with a_program(site, "officer") as program:
        before = dump(site.house.engine)
        refused = program.post(VISITS, json=said)
    assert (refused.status_code, why in refused.text) == (status, True), refused.text
    after = dump(site.house.engine)
    assert {table for table in after if after[table] != before[table]} <= {"token"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"entry": VISIT, "done": {"task": "survey"}}, {"body.done.figures.members": "is missing"}),
        (
            {"entry": {**VISIT, "persons": 0, "colour": 1}},
            {"body.entry.persons": "must be at least 1, not 0", "body.entry.colour": None},
        ),
    ],
    ids=["figures", "entry"],
)
def test_what_is_wrong_with_a_visit_is_told_where_it_stands(
    site: Site, said: dict[str, object], errors: dict[str, str | None]
) -> None:
    with a_program(site, "officer") as program:
        told = {fault["place"]: fault["message"] for fault in program.post(VISITS, json=said).json()["errors"]}
    assert told.keys() == errors.keys()
    assert all(told[place] == said for place, said in errors.items() if said is not None)
