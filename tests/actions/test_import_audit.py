"""What the audit record says of an import: who did it, and what it changed from what to what."""

from pathlib import Path

from sqlalchemy import Engine

from config.vocabulary import EventKind
from models.branch import Branch
from tests.factories import LAUNCH_DAY, a_house, a_house_at_work, at, imported, registry_row
from tests.records import events_of, every, facts
from tests.statements import watched

NOW = at("2009-09-16 10:00")
CHANGES = (EventKind.BRANCH_CHANGED, EventKind.OFFICER_CHANGED, EventKind.CHANNEL_ADDED)


def test_newcomers_are_enrolled_by_whoever_imported_them(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 7), now=NOW)
    assert [event.actor for event in events_of(house, EventKind.BRANCHES_ENROLLED)] == ["test"]


def test_each_changed_branch_is_told_with_the_fields_that_changed(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), registry_row(1, 2), registry_row(1, 3), now=LAUNCH_DAY)
    moved = registry_row(2, 9, code="U1-1", officer="O", status="preparing")
    renamed = registry_row(1, 2).replace("企业U1-2支部", "更名支部")
    imported(house, moved, renamed, registry_row(1, 3), now=NOW)
    first, second = events_of(house, EventKind.BRANCH_CHANGED)
    ids = {branch.code: branch.id for branch in every(house, Branch)}
    assert (first.actor, first.at, first.subject, first.branch_id) == ("test", NOW, "U1-1", ids["U1-1"])
    assert facts(first.before) == {"members": 11, "officer": "OU1-1", "status": "active", "unit": "U1"}
    assert facts(first.after) == {"members": 19, "officer": "O", "status": "preparing", "unit": "U2"}
    assert (second.subject, facts(second.before)) == ("U1-2", {"name": "企业U1-2支部"})
    assert facts(second.after) == {"name": "更名支部"}


def test_a_renamed_officer_and_an_added_address_are_told_without_the_address(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), now=LAUNCH_DAY)
    imported(house, registry_row(1, 1).replace("联络员OU1-1,folder://OU1-1", "新名,log://"), now=NOW)
    (changed,) = events_of(house, EventKind.OFFICER_CHANGED)
    assert (changed.actor, changed.subject) == ("test", "OU1-1")
    assert (facts(changed.before), facts(changed.after)) == ({"name": "联络员OU1-1"}, {"name": "新名"})
    (added,) = events_of(house, EventKind.CHANNEL_ADDED)
    assert (added.actor, added.subject, facts(added.after)) == ("test", "OU1-1", {"service": "log"})
    assert not [event for event in events_of(house) if "://" in f"{event.before}{event.after}"]


def test_what_is_new_is_counted_in_one_event(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, *(registry_row(1, number) for number in range(1, 8)), now=LAUNCH_DAY)
    assert [event.kind for event in events_of(house)] == [EventKind.REGISTRY_IMPORTED]


def test_the_events_of_many_changes_are_written_at_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    rows = [registry_row(1, number) for number in range(1, 8)]
    imported(house, *rows, now=LAUNCH_DAY)
    with watched(engine) as seen:
        imported(house, *(row.replace("企业", "新企业").replace("联络员", "新联络员") for row in rows), now=NOW)
    assert len(events_of(house, *CHANGES)) == 14
    assert len([statement for statement in seen if statement.text.startswith("INSERT INTO event")]) == 1
