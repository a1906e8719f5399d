"""An opening is announced: once, to all who take part and those above them, while it is still true."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.add_officer import NewOfficer, add_officer
from actions.announce import announce
from actions.cancel_untrue import cancel_untrue
from actions.close_window import close_window
from actions.house import House
from actions.launch import launch
from actions.open_window import open_window
from actions.override_gate import override_gate
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import StageCall, find_work
from config.vocabulary import DropReason, EventKind, NoticeStatus, OfficerRole, Section, StageKind
from flows.patrol import patrol
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice
from models.window import Window
from tests.dumps import dump
from tests.factories import LAUNCH_DAY, a_house, a_running_house, at, campaign_file, imported, registry_row
from tests.records import CAMPAIGN, Line, digests, events_of, facts, told, window_id, window_of
from tests.statements import Statement, before_each, watched

OPENING = "2009-09-07 00:00"
PILOT, MAIN = "mobilization/pilot", "mobilization/main"
NEWS = Line(Section.ANNOUNCEMENT, None, PILOT, None)


def opened(house: House, *labels: str, instant: str = OPENING) -> None:
    for label in labels or (PILOT,):
        assert open_window(house, window_id(house, label), now=at(instant))


def announced(house: House, instant: str = OPENING, *waves: str, stage: str = "mobilization") -> int:
    call = StageCall(CAMPAIGN, stage, StageKind.MOBILIZATION, waves or ("pilot", "main"))
    return announce(house, call, now=at(instant))


def readers(house: House) -> dict[str, set[str]]:
    """Who is told of which windows."""
    found: dict[str, set[str]] = {}
    for officer, branch, window in told(house):
        assert branch is None
        found.setdefault(officer, set()).add(window)
    return found


def test_an_opening_is_told_to_all_who_take_part_and_those_above_them(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    opened(house, PILOT, MAIN)
    assert announced(house) == 7
    assert readers(house) == {
        "OU1-1": {PILOT},
        "OU1-2": {PILOT},
        "G1": {PILOT},
        "OU2-1": {MAIN},
        "OU2-2": {MAIN},
        "G2": {MAIN},
        "C": {PILOT, MAIN},
    }
    first = digests(house)[0]
    assert (first.day, first.status, first.sends_from) == (
        date(2009, 9, 7),
        NoticeStatus.PLANNED,
        at("2009-09-07 08:30"),
    )
    assert window_of(house, PILOT).announced_at == at(OPENING)
    events = events_of(house, EventKind.WINDOW_ANNOUNCED)
    assert [(event.subject, facts(event.after)) for event in events] == [(PILOT, {"told": 4}), (MAIN, {"told": 4})]


def test_a_reader_who_is_several_things_to_a_window_is_told_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(
        house,
        registry_row(1, 1, officer="BUSY"),
        registry_row(1, 2, officer="BUSY"),
        registry_row(1, 3, officer=""),
        registry_row(1, 4, officer="GONE"),
        now=LAUNCH_DAY,
    )
    for code, unit in [("GR", "R"), ("GX", "R")]:
        add_officer(house, NewOfficer(code, code, OfficerRole.GROUP, unit), actor="test", now=LAUNCH_DAY)
    launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY)
    imported(house, registry_row(1, 4, officer="GONE", status="dissolved"), now=LAUNCH_DAY)
    opened(house)
    assert announced(house) == 3
    assert readers(house) == {"BUSY": {PILOT}, "GR": {PILOT}, "GX": {PILOT}}


def test_an_opening_is_announced_once(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    opened(house)
    announced(house)
    before = dump(engine)
    assert announced(house) == 0
    assert announced(house, "2009-09-08 10:00") == 0
    assert dump(engine) == before


def test_an_announcement_that_is_cut_off_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    opened(house)
    before = dump(engine)
    with before_each(engine, die_at_the_lines), pytest.raises(KeyboardInterrupt):
        announced(house)
    assert dump(engine) == before
    assert announced(house) == 4


def die_at_the_lines(statement: Statement) -> None:
    if "INTO notice_line" in statement.text:
        raise KeyboardInterrupt


def test_what_has_not_opened_is_not_announced(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    before = dump(engine)
    assert announced(house) == 0
    assert dump(engine) == before


def test_only_the_waves_that_were_called_are_announced(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    opened(house, PILOT, MAIN)
    assert announced(house, OPENING, "main") == 3
    assert window_of(house, PILOT).announced_at is None


def test_what_a_patrol_that_died_left_unannounced_is_work(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    opened(house)
    later = at("2009-09-07 10:00")
    assert [(call.stage, call.waves) for call in find_work(house, now=later)[CAMPAIGN]] == [
        ("mobilization", ("pilot",))
    ]
    (report,) = patrol(house, later).campaigns
    assert (report.opened, report.notices) == ((), 4)
    assert find_work(house, now=later)[CAMPAIGN] == ()
    (again,) = patrol(house, at("2009-09-07 11:00")).campaigns
    assert again.notices == 0


def test_an_announcement_joins_the_digest_of_the_day(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    opened(house)
    assert plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-09 09:00")) == 1
    assert announced(house, "2009-09-09 10:00") == 2, "the group's and the coordinator's"
    (digest,) = [digest for digest in digests(house) if digest.officer == "OU1-1"]
    assert digest.lines == (NEWS, Line(Section.OWN, "U1-1", "mobilization/survey", 0))


def test_what_comes_after_a_digest_is_fixed_goes_to_the_next_send_day(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    opened(house)
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-09 09:00"))
    with transaction(engine) as session:
        session.execute(update(table_of(Notice)).values(status=NoticeStatus.SENT))
    announced(house, "2009-09-09 10:00")
    fixed, free = [digest for digest in digests(house) if digest.officer == "OU1-1"]
    assert (len(fixed.lines), free.day, free.lines) == (1, date(2009, 9, 10), (NEWS,))


def test_a_window_that_closes_before_it_was_told_is_not_announced(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    opened(house)
    announced(house, "2009-09-09 19:00")
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-10 09:00"))
    override_gate(house, CAMPAIGN, PILOT, reason="flood", actor="李", now=at("2009-09-24 10:00"))
    close_window(house, window_id(house, PILOT), now=at("2009-09-25 00:00"))
    found = {digest.officer: (digest.status, digest.reason) for digest in digests(house)}
    assert found == {
        "C": (NoticeStatus.CANCELLED, DropReason.CLOSED),
        "G1": (NoticeStatus.CANCELLED, DropReason.CLOSED),
        "OU1-1": (NoticeStatus.PLANNED, None),
    }
    assert [line.dropped for digest in digests(house) for line in digest.lines] == [*[DropReason.CLOSED] * 3, None]
    (event,) = events_of(house, EventKind.NOTICES_CANCELLED)
    assert facts(event.after) == {"notices": 2}


def test_an_announcement_falls_before_it_is_sent_whoever_closed_the_window(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    opened(house)
    announced(house)
    assert cancel_untrue(house, now=at(OPENING)) == {}
    with transaction(engine) as session:
        session.execute(update(table_of(Window)).values(status="closed"))
    assert cancel_untrue(house, now=at(OPENING)) == {CAMPAIGN: 3}
    assert {digest.reason for digest in digests(house)} == {DropReason.CLOSED}


@pytest.mark.parametrize("branches", [2, 40])
def test_the_number_of_statements_does_not_grow_with_those_who_are_told(
    engine: Engine, tmp_path: Path, branches: int
) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=branches)
    opened(house)
    with watched(engine) as seen:
        assert announced(house) == branches + 2
    assert len(seen) < 20
