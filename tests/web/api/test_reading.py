"""What is read over the API beside assignments: campaigns, progress, units, branches, notices, events."""

import pytest

from actions.complete import complete
from actions.plan_reminders import plan_reminders
from config.vocabulary import NoticeStatus
from flows.delivery import delivery
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice
from tests.factories import answer, at
from tests.web.api.programs import a_program
from tests.web.sites import NOW, Site

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@ONE
def test_campaigns_are_listed_and_shown_with_what_they_run_by(site: Site) -> None:
    with a_program(site, "county") as program:
        [listed] = program.get("/campaigns").json()["items"]
        shown = program.get("/campaigns/trial").json()
        missing = program.get("/campaigns/nothing")
    assert (listed["campaign"], listed["open"]) == ("trial", ["mobilization/pilot"])
    assert {name: shown[name] for name in listed} == listed
    assert [stage["stage"] for stage in shown["stages"]] == ["mobilization", "study", "analysis", "rectification"]
    assert shown["stages"][0]["tasks"][0]["figures"] == [
        {
            "figure": "members",
            "title": {"zh": "members", "en": "members"},
            "kind": "count",
            "required": True,
            "unit": None,
        }
    ]
    # Unit U1 is the pilot: the other wave's windows are not its own.
    assert {window["wave"] for window in shown["windows"]} == {"pilot"}
    assert shown["windows"][0] | {"closed_at": None} == {
        "stage": "mobilization",
        "wave": "pilot",
        "status": "open",
        "first_day": "2009-09-07",
        "last_day": "2009-09-24",
        "is_forecast": False,
        "opens_at": "2009-09-06T16:00:00Z",
        "closes_at": "2009-09-24T16:00:00Z",
        "closed_at": None,
    }
    assert missing.status_code == 404


def test_progress_is_read_for_all_and_for_a_unit(site: Site) -> None:
    complete(site.house, "trial", [answer("U1-1", "survey", "2009-09-10 10:00"), answer("U1-2", "survey")])
    with a_program(site, "coordinator") as program:
        every = program.get("/campaigns/trial/progress").json()
        unit = program.get("/campaigns/trial/progress?unit=U2").json()
    assert every["tally"] == {
        "total": 12,
        "done": 2,
        "waived": 0,
        "overdue": 1,
        "completeness": 2 / 12,
        "timeliness": 1 / 3,
    }
    assert [(part["unit"], part["tally"]["done"]) for part in every["units"]] == [("U1", 2), ("U2", 0)]
    assert (unit["unit"], unit["branches"], unit["tally"]["timeliness"]) == ("U2", 3, None)


@ONE
def test_units_are_a_tree(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        assert [unit["unit"] for unit in program.get("/units").json()["items"]] == ["R", "U1", "U2"]
        assert [unit["unit"] for unit in program.get("/units?parent=R").json()["items"]] == ["U1", "U2"]
        assert [unit["unit"] for unit in program.get("/units?level=city").json()["items"]] == ["R"]
        assert program.get("/units/U1").json() == {"unit": "U1", "name": "第1区", "level": "county", "parent": "R"}
    with a_program(site, "county") as program:
        assert program.get("/units").json()["items"] == [
            {"unit": "U1", "name": "第1区", "level": "county", "parent": None}
        ]


@ONE
def test_branches_are_narrowed_and_come_page_by_page(site: Site) -> None:
    found = {
        "": 6,
        "campaign=trial": 6,
        "unit=U2": 3,
        "officer=OU1-1": 1,
        "kind=branch": 6,
        "kind=union": 0,
        "status=active&unit=R": 6,
        "status=prospect": 0,
    }
    with a_program(site, "coordinator") as program:
        assert {query: len(program.get(f"/branches?{query}").json()["items"]) for query in found} == found
        first = program.get("/branches?limit=4").json()
        second = program.get(f"/branches?limit=4&cursor={first['next']}").json()
        assert [len(page["items"]) for page in (first, second)] == [4, 2]
        assert second["next"] is None
        shown = program.get("/branches/U1-1").json()
    assert (shown["name"], shown["members"], shown["officer"]) == ("企业U1-1支部", 11, "OU1-1")


@ONE
def test_what_is_known_already_is_not_told_again(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        for path in ("/campaigns/trial", "/units/U1", "/branches/U1-1"):
            tag = program.get(path).headers["ETag"]
            for known in (tag, f'W/{tag}, "other"', "*"):
                again = program.get(path, headers={"If-None-Match": known})
                assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
            assert program.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_notices_are_listed_accounted_for_and_sent_again(site: Site) -> None:
    plan_reminders(site.house, "trial", "mobilization", now=NOW)
    delivery(site.house, lambda: at("2009-09-15 11:00"))
    with a_program(site, "group") as program:
        listed = program.get("/notices?status=sent&campaign=trial").json()["items"]
        assert {notice["officer"] for notice in listed} <= {"OU1-1", "OU1-2", "OU1-3", "G1"}
        number = listed[0]["notice"]
        shown = program.get(f"/notices/{number}").json()
        assert {name: shown[name] for name in listed[0]} == listed[0]
        assert [attempt["outcome"] for attempt in shown["deliveries"][0]["attempts"]] == ["accepted"]
        assert shown["why"][0]["task"] == "mobilization/survey"
        refused = program.post(f"/notices/{number}/retry")
        assert refused.status_code == 409
        assert "only dead and held notices can go again" in refused.json()["detail"]

        give_up(site, number)
        dead = program.get(f"/notices/{number}")
        stale = program.post(f"/notices/{number}/retry", headers={"If-Match": '"other"'})
        assert stale.status_code == 412
        key = {"If-Match": dead.headers["ETag"], "Idempotency-Key": "again"}
        again = program.post(f"/notices/{number}/retry", headers=key)
        assert (again.status_code, again.json()["status"]) == (200, "planned")
        assert program.post(f"/notices/{number}/retry", headers=key).content == again.content


def give_up(site: Site, number: int) -> None:
    notice = table_of(Notice)
    with transaction(site.house.engine) as session:
        session.execute(notice.update().where(notice.c.id == number).values(status=NoticeStatus.DEAD))


def test_events_are_narrowed_and_come_page_by_page(site: Site) -> None:
    complete(site.house, "trial", [answer("U1-1", "survey"), answer("U2-1", "survey")])
    with a_program(site, "coordinator") as program:
        [last] = program.get("/events?kind=assignment.completed&branch=U1-1").json()["items"]
        first = program.get("/events?limit=3").json()
        second = program.get(f"/events?limit=3&cursor={first['next']}").json()
    assert (last["actor"], last["subject"]) == ("OU1-1", "U1-1 mobilization/survey")
    assert last["after"] == {"status": "done", "figures": {"members": 12}, "note": None}
    numbers = [event["event"] for page in (first, second) for event in page["items"]]
    assert numbers == sorted(set(numbers), reverse=True)
    with a_program(site, "county") as program:
        completed = program.get("/events?kind=assignment.completed").json()["items"]
    assert [event["branch"] for event in completed] == ["U1-1"]
