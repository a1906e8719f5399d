"""Waiving work: a branch is let off."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import complete
from actions.reading.standing import read_standing
from actions.waive import waive
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from rules.progress import completeness, timeliness
from tests.dumps import dump
from tests.factories import a_house_at_work, answer, at
from tests.records import CAMPAIGN, counters_of, events_of, recounted, work_of

NOW = at("2009-09-10 10:00")


def test_waived_work_is_reminded_no_more_and_keeps_its_reason(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    assert waive(house, CAMPAIGN, Named("U1-1", "survey"), reason="merged", actor="李", now=NOW)
    work = work_of(house, "U1-1", "survey")
    assert (work.status, work.note) == (AssignmentStatus.WAIVED, "merged")
    assert (work.done_at, work.next_reminder_at) == (None, None)
    (event,) = events_of(house, EventKind.ASSIGNMENT_WAIVED)
    assert (event.at, event.actor, event.reason) == (NOW, "李", "merged")


def test_waiving_twice_is_harmless(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    waive(house, CAMPAIGN, Named("U1-1", "survey"), reason="merged", actor="李", now=NOW)
    before = dump(engine)
    assert not waive(house, CAMPAIGN, Named("U1-1", "survey"), reason="again", actor="王", now=NOW)
    assert dump(engine) == before


def test_what_is_done_is_not_waived_and_says_by_whom(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CAMPAIGN, [answer("U1-1", "survey")])
    before = dump(engine)
    with pytest.raises(Refusal, match="U1-1 mobilization/survey: done already by OU1-1; reopen it"):
        waive(house, CAMPAIGN, Named("U1-1", "survey"), reason="merged", actor="李", now=NOW)
    assert dump(engine) == before


def test_waived_work_counts_neither_for_completeness_nor_for_timeliness(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    complete(house, CAMPAIGN, [answer("U1-1", task, "2009-09-10 10:00") for task in ("survey", "training")])
    waive(house, CAMPAIGN, Named("U1-2", "survey"), reason="merged", actor="李", now=NOW)
    window = read_standing(house, CAMPAIGN, now=at("2009-09-16 09:00")).windows[0]
    assert completeness(window.tally) == pytest.approx(2 / 3)
    assert timeliness(window.tally) == 1
    assert counters_of(house) == recounted(house)
