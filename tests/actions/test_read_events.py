from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.approve_gate import approve_gate
from actions.complete import complete
from actions.house import House
from actions.reading.events import EventFilter, read_events
from config.errors import Unknown
from config.vocabulary import EventKind
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from tests.factories import CAMPAIGN, a_house_at_work, answer, at

ALL = 1_000


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The trial at work; a branch in each unit has answered, and the pilot's gate is approved."""
    text = CAMPAIGN.replace("gate: {done: 95%}", "gate: {done: 95%, approval: true}")
    house = a_house_at_work(engine, tmp_path / "home", text=text)
    complete(house, "trial", [answer("U1-1", "survey", "2009-09-15 00:30"), answer("U2-1", "survey")])
    approve_gate(house, "trial", "mobilization/pilot", actor="王", now=at("2009-09-16 09:00"))
    return house


def test_an_event_says_who_did_what_and_what_it_changed(house: House) -> None:
    newest, second, third = read_events(house, limit=ALL).rows[:3]
    assert (newest.kind, newest.actor, newest.subject) == (EventKind.GATE_APPROVED, "王", "mobilization/pilot")
    assert (newest.campaign, newest.branch, newest.before, newest.after) == ("trial", None, {}, {})
    assert (second.branch, second.branch_name) == ("U2-1", "企业U2-1支部")
    assert second.after["figures"] == {"members": 12}
    assert third.at == at("2009-09-15 00:30")


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (EventFilter(kind=EventKind.GATE_APPROVED), ["mobilization/pilot"]),
        (EventFilter(actor="OU1-1"), ["U1-1 mobilization/survey"]),
        (EventFilter(campaign="trial", branch="U2-1"), ["U2-1 mobilization/survey"]),
        (EventFilter(day=date(2009, 9, 15)), ["U2-1 mobilization/survey", "U1-1 mobilization/survey"]),
        (EventFilter(day=date(2009, 9, 17)), []),
        (EventFilter(actor="' OR 1=1 --"), []),
    ],
)
def test_events_are_filtered(house: House, wanted: EventFilter, subjects: list[str]) -> None:
    assert [event.subject for event in read_events(house, wanted, limit=ALL).rows] == subjects


@pytest.mark.parametrize("wanted", [EventFilter(campaign="nosuch"), EventFilter(branch="nosuch")])
def test_what_is_not_there_is_said(house: House, wanted: EventFilter) -> None:
    with pytest.raises(Unknown, match="nosuch: not"):
        read_events(house, wanted, limit=ALL)


def test_a_part_of_the_tree_sees_what_happened_to_its_branches_alone(house: House) -> None:
    with snapshot(house.engine) as session:
        inside = Scope(path=find_unit(session, "U1").path)
    assert {event.branch for event in read_events(house, limit=ALL, scope=inside).rows} == {"U1-1"}
    with pytest.raises(Unknown, match="branch U2-1: not in the registry"):
        read_events(house, EventFilter(branch="U2-1"), limit=ALL, scope=inside)


def test_pages_follow_one_another_and_leave_nothing_out(house: House) -> None:
    all_numbers = [event.number for event in read_events(house, limit=ALL).rows]
    paged: list[int] = []
    older_than: int | None = None
    while True:
        page = read_events(house, limit=2, older_than=older_than, scope=EVERYTHING)
        paged += [event.number for event in page.rows]
        if page.following is None:
            break
        older_than = int(page.following)
    assert paged == all_numbers
