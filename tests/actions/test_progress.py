"""How a campaign stands: the counters say what a direct count over the assignments says, whatever happened."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import complete
from actions.extend import Request, extend
from actions.house import House
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from actions.reading.standing import read_standing
from actions.reopen import reopen
from actions.waive import waive
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, NoticeStatus, WindowStatus
from models.assignment import Assignment
from models.database import connect
from models.unit import Unit
from rules.progress import Tally
from tests.databases import Databases
from tests.factories import SHANGHAI, a_house, a_house_at_work, answer, at, imported, registry_row
from tests.records import CAMPAIGN, counters_of, every, recounted, window_id


def tally(works: Iterable[Assignment], now: datetime) -> Tally:
    """Count assignments one by one."""
    counted = Tally()
    for work in works:
        done = work.status is AssignmentStatus.DONE
        waived = work.status is AssignmentStatus.WAIVED
        in_time = work.done_at is not None and work.done_at < work.due_at
        due = work.due_at <= now and not waived
        counted += Tally(1, done, in_time, waived, due, due and done, due and in_time)
    return counted


def compare_with_a_direct_count(house: House, now: datetime) -> None:
    standing = read_standing(house, CAMPAIGN, now=now)
    works = every(house, Assignment)
    for window in standing.windows:
        own = window_id(house, f"{window.stage}/{window.wave}")
        assert window.tally == tally([work for work in works if work.window_id == own], now)
    ids = {unit.code: unit.id for unit in every(house, Unit)}
    for unit in standing.units:
        assert unit.tally == tally([work for work in works if work.unit_id == ids[unit.unit]], now)
    assert sum((unit.tally for unit in standing.units), Tally()) == tally(works, now), "no unit is left out"


INSTANTS = ["2009-09-07 00:00", "2009-09-14 23:59", "2009-09-15 00:00", "2009-09-25 00:00", "2009-10-08 12:00"]


def test_figures_equal_a_direct_count_at_any_instant(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-10 10:00"), answer("U1-2", "survey")])
    complete(house, CAMPAIGN, [answer("U2-1", task, "2009-09-29 10:00") for task in ("survey", "training")])
    waive(house, CAMPAIGN, Named("U1-3", "survey"), reason="merged", actor="李", now=at("2009-09-16 10:00"))
    longer = Request(date(2009, 9, 29), "flood", unit="U2", task="survey")
    extend(house, CAMPAIGN, longer, actor="李", now=at("2009-09-16 10:00"))
    for instant in INSTANTS:
        compare_with_a_direct_count(house, at(instant))


def test_a_campaign_stands_as_its_tables_say(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-09 09:00"))
    standing = read_standing(house, CAMPAIGN, now=at("2009-09-09 10:00"))
    assert (standing.branches, standing.members) == (6, 2 * (11 + 12 + 13))
    windows = {(window.stage, window.wave): window for window in standing.windows}
    pilot = windows["mobilization", "pilot"]
    assert (pilot.status, pilot.opens, pilot.closes) == (
        WindowStatus.OPEN,
        at("2009-09-07 00:00"),
        at("2009-09-25 00:00"),
    )
    assert windows["study", "pilot"].tally == Tally()
    assert [(unit.unit, unit.name, unit.branches) for unit in standing.units] == [
        ("U1", "第1区", 3),
        ("U2", "第2区", 3),
    ]
    assert {status: count for status, count in standing.notices.items() if count} == {NoticeStatus.PLANNED: 3}


def test_what_was_done_in_a_unit_stays_there_when_everybody_has_left_it(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CAMPAIGN, [answer("U1-1", "survey")])
    imported(house, registry_row(2, 9, code="U1-1"), now=at("2009-09-16 10:00"))
    standing = read_standing(house, CAMPAIGN, now=at("2009-09-16 11:00"))
    assert [(unit.unit, unit.branches, unit.tally.done) for unit in standing.units] == [("U1", 0, 1), ("U2", 2, 0)]
    compare_with_a_direct_count(house, at("2009-09-16 11:00"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unknown_campaign_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="campaign trial: not launched here"):
        read_standing(a_house(engine, tmp_path / "home"), CAMPAIGN, now=at("2009-09-16 10:00"))


BRANCHES = ("U1-1", "U1-2", "U2-1", "U2-2", "U9-9")
branches = st.sampled_from(BRANCHES)
tasks = st.sampled_from(["survey", "training", "lecture"])
days = st.dates(date(2009, 9, 10), date(2009, 11, 30))
units = st.sampled_from([1, 2, 3])
acts = st.lists(
    st.one_of(
        st.tuples(st.just("complete"), branches, tasks),
        st.tuples(st.just("reopen"), branches, tasks),
        st.tuples(st.just("waive"), branches, tasks),
        st.tuples(st.just("extend a branch"), branches, tasks, days),
        st.tuples(st.just("extend a unit"), st.sampled_from(["U1", "U2", "U3", "R"]), tasks, days),
        st.tuples(st.just("import"), branches, units, st.sampled_from(["active", "active", "dissolved"])),
        st.tuples(st.just("open study"), st.sampled_from(["pilot", "main"])),
    ),
    min_size=1,
    max_size=12,
)


def perform(house: House, act: tuple[Any, ...], now: datetime) -> None:
    match act:
        case "complete", branch, task:
            complete(house, CAMPAIGN, [answer(branch, task, f"{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")])
        case "reopen", branch, task:
            reopen(house, CAMPAIGN, Named(branch, task), reason="wrong", actor="李", now=now)
        case "waive", branch, task:
            waive(house, CAMPAIGN, Named(branch, task), reason="merged", actor="李", now=now)
        case "extend a branch", branch, task, until:
            extend(house, CAMPAIGN, Request(until, "flood", branch=branch, task=task), actor="李", now=now)
        case "extend a unit", unit, task, until:
            extend(house, CAMPAIGN, Request(until, "flood", unit=unit, task=task), actor="李", now=now)
        case "import", branch, unit, status:
            imported(house, registry_row(unit, 1, code=branch, status=status), now=now)
        case "open study", wave:
            open_window(house, window_id(house, f"study/{wave}"), now=now)


@pytest.fixture(scope="module")
def house_file(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The database of a house at work, to be copied."""
    folder = tmp_path_factory.mktemp("house")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        a_house_at_work(engine, folder / "home", branches=2)
        engine.dispose()
        yield folder / "rollcall.db"


@contextmanager
def copy_of(file: Path, folder: Path) -> Iterator[House]:
    target = folder / "copy.db"
    for old in folder.glob("copy.db*"):
        old.unlink()
    shutil.copyfile(file, target)
    engine = connect(f"sqlite:///{target}")
    yield a_house(engine, folder / "home")
    engine.dispose()


@given(acts=acts)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_counters_equal_a_recount_after_whatever_is_done(
    house_file: Path, tmp_path: Path, acts: list[tuple[Any, ...]]
) -> None:
    with copy_of(house_file, tmp_path) as house:
        now = at("2009-09-14 10:00")
        for act in acts:
            now += timedelta(hours=17)
            with suppress(Refusal):
                perform(house, act, now)
            assert counters_of(house) == recounted(house)
        compare_with_a_direct_count(house, now)
