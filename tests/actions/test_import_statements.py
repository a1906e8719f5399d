"""What an import asks of the database: its statements do not grow with the branches and officers in the file."""

from collections import Counter as Tallies
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from actions.house import House
from config.vocabulary import EventKind, OfficerRole
from models.assignment import Counter
from models.officer import Channel, Officer
from models.unit import Unit
from tests.factories import a_house_at_work, at, imported, registry_row
from tests.records import counters_of, events_of, every, facts, recounted, work_of
from tests.statements import Statement, watched

NOW = at("2009-09-16 10:00")
BRANCHES = 12


def statements_of(house: House, *rows: str) -> Sequence[Statement]:
    with watched(house.engine) as seen:
        assert not imported(house, *rows, now=NOW).rejected
    return seen


def unit_of(house: House, counter: Counter) -> str:
    codes = {unit.id: unit.code for unit in every(house, Unit)}
    return str(codes[counter.unit_id])


def with_second_address(number: int) -> str:
    return registry_row(1, number).replace("folder://", "folder://second-")


def test_further_addresses_of_many_officers_take_as_many_statements_as_of_one(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=BRANCHES)
    one = statements_of(house, with_second_address(1))
    many = statements_of(house, *(with_second_address(number) for number in range(2, BRANCHES + 1)))
    assert len(many) == len(one)
    liaisons = {officer.id for officer in every(house, Officer) if officer.role is OfficerRole.LIAISON}
    ranks = Tallies(channel.rank for channel in every(house, Channel) if channel.officer_id in liaisons)
    assert ranks == {0: 2 * BRANCHES, 1: BRANCHES}


def test_only_the_addresses_of_the_officers_in_the_file_are_read(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=BRANCHES)
    reads = [seen for seen in statements_of(house, with_second_address(1)) if "channel.fingerprint" in seen.text]
    assert reads
    assert all("WHERE officer.code " in read.text for read in reads)


def test_many_branches_that_are_active_again_take_as_many_statements_as_one(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=BRANCHES)
    away = at("2009-09-15 10:00")
    imported(house, *(registry_row(1, number, status="dissolved") for number in range(1, BRANCHES + 1)), now=away)
    one = statements_of(house, registry_row(1, 1))
    many = statements_of(house, *(registry_row(1, number) for number in range(2, BRANCHES + 1)))
    assert len(many) == len(one)
    (again, others) = events_of(house, EventKind.BRANCHES_ENROLLED)
    assert [facts(again.after), facts(others.after)] == [{"branches": 1}, {"branches": BRANCHES - 1}]
    assert work_of(house, "U1-2", "survey").due_at == at("2009-09-24 00:00"), "counted from its return"
    assert counters_of(house) == recounted(house)


def test_a_newcomer_has_its_own_unit_counted_anew_and_no_other(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=3, branches=2)
    others = [row for row in every(house, Counter) if unit_of(house, row) != "U2"]
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE counter SET done = 7")
    imported(house, registry_row(2, 7), now=NOW)
    assert {unit_of(house, row) for row in every(house, Counter) if row.done == 7} == {"U1", "U3"}
    assert len([row for row in every(house, Counter) if row.done == 7]) == len(others)
