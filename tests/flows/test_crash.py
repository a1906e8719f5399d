"""A patrol killed at any point and run again ends in the tables of one undisturbed.

Dying before a commit is dying anywhere in its transaction, as far as a database that keeps its word can tell: so here
the patrol dies before each commit that writes, and in the middle of some. CRASH_POINTS=all kills it at every step.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.complete import complete
from actions.defer_notices import MERGED
from actions.extend import Request, extend
from actions.launch import launch
from actions.open_window import open_window
from actions.override_gate import override_gate
from actions.plan_reminders import plan_reminders
from config.vocabulary import EventKind
from models.database import connect
from tests.databases import Databases
from tests.dumps import Dump, dump
from tests.factories import LAUNCH_DAY, a_registered_house, answer, at, campaign_file, given_up
from tests.flows.doomed import COMMIT, patrols_of
from tests.records import CAMPAIGN, window_id

NIGHT = at("2009-09-25 09:00")
TASKS = range(4, 10)
ITEMS = "\n".join(f"      - {{code: item-{n}, title: Item, due: {n} workdays after open}}" for n in TASKS)
EVERY_POINT = os.environ.get("CRASH_POINTS") == "all"
WRITES = {"INSERT", "UPDATE", "DELETE", "WITH"}

BUSY = f"""\
code: trial
title: Trial
timezone: Asia/Shanghai
calendar: CN
waves:
  - {{code: pilot, starts: 2009-09-07, units: [U1, U2]}}
  - {{code: main, starts: 2009-09-07}}
stages:
  - code: mobilization
    opens: wave
    lasts: 14 workdays
    gate: {{done: 95%}}
    tasks:
{ITEMS}
  - code: study
    opens: 2009-09-25
    lasts: 4 workdays
    tasks:
      - {{code: lecture, title: Lecture, due: close}}
  - code: analysis
    opens: after mobilization
    lasts: 10 workdays
"""
SHORT = """\
code: audit
title: Audit
timezone: Asia/Shanghai
calendar: CN
waves:
  - {code: all, starts: 2009-09-07}
stages:
  - code: study
    opens: wave
    lasts: 14 workdays
    gate: {done: 50%, otherwise: close}
    tasks:
      - {code: reading, title: Reading, due: close}
"""


def a_house_with_a_busy_night_ahead(engine: Engine, home: Path) -> None:
    """A house whose next patrol has everything to do that a patrol may have to do.

    Digests of the day before were not sent: some are to be merged, some are no longer true. One window is to be
    closed, one held, two to be opened, one to be held against its pace; these and others are to be announced, hundreds
    of lines to be planned, a channel that was given up to be reported; and a second campaign is at its end.
    """
    house = a_registered_house(engine, home, units=4, branches=10)
    for text in (BUSY, SHORT):
        launch(house, campaign_file(home, text), actor="test", now=LAUNCH_DAY)
    for label in ("mobilization/pilot", "mobilization/main"):
        open_window(house, window_id(house, label), now=LAUNCH_DAY)
    open_window(house, window_id(house, "study/all", "audit"), now=LAUNCH_DAY)
    for instant in ("2009-09-17 09:00", "2009-09-18 09:00"):
        plan_reminders(house, CAMPAIGN, "mobilization", now=at(instant))
    done = [answer(f"U1-{n}", f"item-{task}") for n in range(1, 6) for task in TASKS]
    complete(house, CAMPAIGN, done)
    longer = Request(date(2009, 10, 12), "flood", unit="U2", stage="mobilization")
    extend(house, CAMPAIGN, longer, actor="李", now=at("2009-09-18 10:00"))
    override_gate(house, CAMPAIGN, "mobilization/pilot", reason="flood", actor="李", now=at("2009-09-18 10:00"))
    given_up(house, "OU3-1", "no such user", at("2009-09-18 10:00"))


@pytest.fixture
def busy(database: str, tmp_path: Path) -> str:
    """The address of its database, which nobody is connected to."""
    engine = connect(database)
    a_house_with_a_busy_night_ahead(engine, tmp_path / "home")
    engine.dispose()
    return database


def test_a_patrol_killed_anywhere_and_repeated_ends_like_one_undisturbed(
    busy: str, databases: Databases, tmp_path: Path
) -> None:
    with databases.copied(busy) as copy, patrols_of(copy.url) as patrols:
        steps = patrols.live(home_of(tmp_path, "undisturbed"), NIGHT)
        expected = left(copy.url, tmp_path / "undisturbed")
        look_at_the_night(expected)
        for point in points(steps):
            copy.put_back()
            home = home_of(tmp_path, f"killed-before-{point}")
            patrols.die(home, NIGHT, point)
            patrols.live(home, NIGHT)
            assert left(copy.url, home) == expected, f"killed before step {point}, {steps[point - 1]}"


def points(steps: list[str]) -> list[int]:
    """The steps to die before: each commit that writes, every third time a statement of its transaction as well."""
    if EVERY_POINT:
        return list(range(1, len(steps) + 1))
    chosen: list[int] = []
    begun = 0
    for number, step in enumerate(steps, start=1):
        if step == COMMIT:
            if WRITES & set(steps[begun : number - 1]):
                chosen += [(begun + number) // 2, number] if len(chosen) % 3 == 0 else [number]
            begun = number
    return chosen


def home_of(folder: Path, name: str) -> Path:
    (home := folder / name).mkdir()
    return home


def left(url: str, home: Path) -> tuple[Dump, dict[str, str]]:
    """All that a patrol leaves behind: the tables, and the reports."""
    engine = connect(url)
    tables = dump(engine)
    engine.dispose()
    return tables, {file.name: file.read_text() for file in (home / "reports").glob("*.md")}


def look_at_the_night(night: tuple[Dump, dict[str, str]]) -> None:
    """It was as busy as it should be: else the test would prove little."""
    tables, reports = night
    kinds = Counter(dict(row)["kind"] for row in tables["event"] if dict(row)["at"] == NIGHT)
    assert kinds == {
        EventKind.NOTICES_CANCELLED: 2,
        EventKind.WINDOW_OPENED: 2,
        EventKind.WINDOW_ANNOUNCED: 5,
        EventKind.NOTICES_PLANNED: 4,
        EventKind.WINDOW_CLOSED: 2,
        EventKind.WINDOW_HELD: 1,
        EventKind.PACE_CHECKED: 1,
        EventKind.CAMPAIGN_ENDED: 1,
    }
    assert len([row for row in tables["notice_line"] if not dict(row)["dropped"]]) > 300
    assert len([row for row in tables["notice"] if dict(row)["reason"] == MERGED]) > 10
    assert reports.keys() == {"audit-summary.md"}
