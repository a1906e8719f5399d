"""Extensions: who gets how much longer, and what follows from it."""

from datetime import date, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from actions.complete import complete
from actions.extend import Request, extend
from actions.house import House
from actions.open_window import open_window
from config.errors import Refusal
from config.vocabulary import EventKind
from models.assignment import Assignment, Extension
from models.branch import Branch
from models.campaign import Task
from rules.deadlines import last_allowed_day
from tests.dumps import dump
from tests.factories import SHANGHAI, a_house_at_work, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN, counters_of, events_of, every, facts, recounted, rows, window_id, work_of

NOW = at("2009-09-15 10:00")
USUAL = {
    "U1-1 survey": "09-14",
    "U1-1 training": "09-24",
    "U1-2 survey": "09-14",
    "U1-2 training": "09-24",
    "U2-1 survey": "09-21",
    "U2-1 training": "09-30",
    "U2-2 survey": "09-21",
    "U2-2 training": "09-30",
}


def asked(until: str, *, reason: str = "flood", **what: str) -> Request:
    return Request(date.fromisoformat(f"2009-{until}"), reason, **what)


def granted(house: House, until: str, *, now: datetime = NOW, **what: str) -> int:
    return extend(house, CAMPAIGN, asked(until, **what), actor="李", now=now).moved


def last_days(house: House) -> dict[str, str]:
    """The last allowed day of every piece of work, as people are shown it."""
    query = (
        select(Branch.code, Task.code, Assignment.due_at)
        .join(Assignment, col(Assignment.branch_id) == Branch.id)
        .join(Task, col(Task.id) == Assignment.task_id)
    )
    found = rows(house, query)
    return {f"{branch} {task}": f"{last_allowed_day(due_at, SHANGHAI):%m-%d}" for branch, task, due_at in found}


@pytest.mark.parametrize(
    ("what", "moved"),
    [
        pytest.param(
            {"branch": "U1-1"}, {"U1-1 survey": "09-28", "U1-1 training": "09-28"}, id="a branch in all its open work"
        ),
        pytest.param({"branch": "U1-1", "task": "survey"}, {"U1-1 survey": "09-28"}, id="a branch in one task"),
        pytest.param(
            {"branch": "U2-1", "stage": "mobilization"},
            {"U2-1 survey": "09-28"},
            id="a stage: what is due later anyway stays",
        ),
        pytest.param(
            {"unit": "U1", "task": "mobilization/survey"},
            {"U1-1 survey": "09-28", "U1-2 survey": "09-28"},
            id="a unit in one task",
        ),
        pytest.param(
            {"unit": "城", "stage": "mobilization", "task": "survey"},
            {name: "09-28" for name in USUAL if name.endswith("survey")},
            id="a unit by its name with all below it",
        ),
        pytest.param(
            {"unit": "城", "task": "survey", "wave": "pilot"},
            {"U1-1 survey": "09-28", "U1-2 survey": "09-28"},
            id="a unit in one wave alone",
        ),
        pytest.param(
            {"branch": "U2-1", "wave": "main"}, {"U2-1 survey": "09-28"}, id="a branch in the wave that it is in"
        ),
    ],
)
def test_an_extension_moves_the_deadlines_it_is_for(
    engine: Engine, tmp_path: Path, what: dict[str, str], moved: dict[str, str]
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    assert last_days(house) == USUAL
    assert granted(house, "09-28", **what) == len(moved)
    assert last_days(house) == USUAL | moved
    assert counters_of(house) == recounted(house)
    (event,) = events_of(house, EventKind.EXTENSION_GRANTED)
    assert (event.actor, event.at, event.reason) == ("李", NOW, "flood")
    places = ["mobilization/" + what["wave"] if "wave" in what else "mobilization"]
    officers = {name.partition(" ")[0] for name in moved}
    assert facts(event.after) == {
        "moved": len(moved),
        "stages": places,
        "told": len(officers),
        "until": "2009-09-28",
    }


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        pytest.param([("U1-1", "09-28"), ("U1-1", "09-22")], "09-22", id="the latest decision counts"),
        pytest.param([("U1-1", "09-28"), ("U1-1", "09-01")], "09-14", id="never earlier than the rule says"),
        pytest.param([("U1", "09-28"), ("U1", "09-22")], "09-22", id="for a unit too"),
        pytest.param([("U1-1", "09-28"), ("U1", "09-22")], "09-28", id="a unit's never shortens a branch's"),
        pytest.param([("U1-1", "09-22"), ("U1", "09-28")], "09-28", id="though it may add to it"),
        pytest.param([("U1", "09-28"), ("U1-1", "09-22")], "09-22", id="a branch's later decision counts"),
        pytest.param([("U1", "09-22"), ("R", "09-28")], "09-28", id="a unit above decides as well"),
        pytest.param([("R", "09-28"), ("R pilot", "09-22")], "09-22", id="of all waves and of one too"),
        pytest.param([("R pilot", "09-28"), ("R", "09-22")], "09-22", id="whichever came first"),
        pytest.param([("R", "09-28"), ("R main", "09-22")], "09-28", id="another wave's changes nothing"),
    ],
)
def test_of_several_extensions_the_latest_decision_counts(
    engine: Engine, tmp_path: Path, decisions: list[tuple[str, str]], expected: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    for hour, (whom, until) in enumerate(decisions):
        code, _, wave = whom.partition(" ")
        what = {"branch": code} if "-" in code else {"unit": code, **({"wave": wave} if wave else {})}
        granted(house, until, now=at(f"2009-09-15 {10 + hour}:00"), task="survey", **what)
    assert last_days(house)["U1-1 survey"] == expected
    assert counters_of(house) == recounted(house)


def test_what_is_done_keeps_its_deadline(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-15 00:00")])
    granted(house, "09-28", unit="U1", task="survey")
    assert last_days(house) == USUAL | {"U1-2 survey": "09-28"}
    assert counters_of(house) == recounted(house), "what was late by a moment stays late"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("now", "until", "expected"),
    [
        pytest.param("2009-09-10 10:00", "09-25", "2009-09-22 08:30", id="climbed from its first rung again"),
        pytest.param("2009-09-15 10:00", "09-17", "2009-09-17 08:30", id="rungs already past are left out"),
        pytest.param("2009-09-14 08:30", "09-17", "2009-09-14 08:30", id="the rung of this instant counts"),
    ],
)
def test_reminders_move_with_the_deadline(engine: Engine, tmp_path: Path, now: str, until: str, expected: str) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    granted(house, until, now=at(now), branch="U1-1", task="survey")
    assert work_of(house, "U1-1", "survey").next_reminder_at == at(expected)


def test_what_is_granted_ahead_counts_when_the_window_opens(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    assert granted(house, "11-20", branch="U1-1", stage="study") == 0
    open_window(house, window_id(house, "study/pilot"), now=at("2009-09-27 00:30"))
    days = last_days(house)
    assert (days["U1-1 lecture"], days["U1-2 lecture"]) == ("11-20", "10-22")
    assert work_of(house, "U1-1", "lecture").next_reminder_at == at("2009-11-17 08:30")
    assert counters_of(house) == recounted(house)


def test_what_is_granted_ahead_to_one_wave_is_not_kept_for_the_others(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    assert granted(house, "12-18", unit="R", stage="study", wave="main") == 0
    for wave in ("pilot", "main"):
        open_window(house, window_id(house, f"study/{wave}"), now=at("2009-10-12 00:30"))
    days = last_days(house)
    assert (days["U1-1 lecture"], days["U2-1 lecture"]) == ("10-22", "12-18")


def test_a_branch_that_joins_later_gets_what_its_unit_was_granted(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    granted(house, "10-30", unit="U1", task="survey")
    imported(house, registry_row(1, 7), now=at("2009-09-16 09:00"))
    assert last_days(house)["U1-7 survey"] == "10-30"
    assert counters_of(house) == recounted(house)


REFUSED = [
    pytest.param({"branch": "U9-9"}, "branch U9-9: not in the registry", id="unknown branch"),
    pytest.param({"branch": "IDLE"}, "branch IDLE: not in campaign trial", id="branch not in the campaign"),
    pytest.param({"unit": "无此县"}, "unit 无此县: not in the registry", id="unknown unit"),
    pytest.param({"branch": "U1-1", "stage": "dance"}, "stage dance: not in campaign trial", id="unknown stage"),
    pytest.param({"branch": "U1-1", "task": "dance"}, "task dance: not in campaign trial", id="unknown task"),
    pytest.param(
        {"branch": "U1-1", "task": "survey", "stage": "study"}, "task survey: not in stage study", id="another stage's"
    ),
    pytest.param({"unit": "R", "wave": "third"}, "wave third: not in campaign trial; it has: pilot, main", id="wave"),
    pytest.param({"branch": "U1-1", "wave": "main"}, "branch U1-1: in wave pilot, not in main", id="another wave's"),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("what", "expected"), REFUSED)
def test_what_nobody_knows_is_refused_and_nothing_is_written(
    engine: Engine, tmp_path: Path, what: dict[str, str], expected: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 9, code="IDLE", status="prospect"), now=NOW)
    before = dump(engine)
    with pytest.raises(Refusal) as refused:
        granted(house, "09-28", **what)
    assert expected in str(refused.value)
    assert dump(engine) == before


@pytest.mark.parametrize(
    "what",
    [
        pytest.param({"branch": "U1-1"}, id="a branch"),
        pytest.param({"unit": "U1", "task": "training"}, id="a unit"),
        pytest.param({"unit": "R", "wave": "pilot"}, id="a wave"),
    ],
)
def test_an_extension_that_gives_nobody_more_time_is_refused(
    engine: Engine, tmp_path: Path, what: dict[str, str]
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    with pytest.raises(Refusal, match=r"no open deadline in mobilization(/pilot)? is earlier than 2009-09-10"):
        granted(house, "09-10", **what)
    assert dump(engine) == before


def test_nobody_is_given_time_for_the_window_of_another_wave(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    open_window(house, window_id(house, "mobilization/pilot"), now=at("2009-09-07 00:00"))
    with pytest.raises(Refusal, match="no open deadline"):
        granted(house, "09-10", branch="U1-1", stage="mobilization")
    assert every(house, Extension) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_wave_that_nobody_of_the_unit_is_in_gives_nobody_more_time(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    for stage in ("mobilization", "study"):
        with pytest.raises(Refusal, match=f"U1: no open deadline in {stage}/main is earlier than 2009-12-18"):
            granted(house, "12-18", unit="U1", stage=stage, wave="main")
    assert dump(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_before_anything_is_open_the_stage_has_to_be_named(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    with pytest.raises(Refusal, match="no stage is open; name the stage"):
        granted(house, "09-28", branch="U1-1")


def test_extensions_granted_at_the_same_time_leave_the_counters_right(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=6)
    together = Barrier(6)
    failures: list[BaseException] = []

    def grant(number: int) -> None:
        try:
            together.wait()
            granted(house, f"10-{8 + number:02}", branch=f"U1-{number}")
        except BaseException as failure:  # noqa: BLE001 - told by the test
            failures.append(failure)

    threads = [Thread(target=grant, args=[number]) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert counters_of(house) == recounted(house)


def test_a_day_past_the_calendar_is_refused(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    with pytest.raises(Refusal, match="until 9999-12-31: outside the calendar, which ends on 2049-12-31"):
        extend(house, CAMPAIGN, Request(date(9999, 12, 31), "flood", branch="U1-1"), actor="李", now=NOW)
    assert dump(engine) == before
