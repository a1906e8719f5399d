"""Carrying counters up the tree: whoever reads sees the same before and after, whatever happens in between."""

from collections import Counter as Tallies
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from actions.assignments.named import Named
from actions.carry_up import carry_up
from actions.complete import complete
from actions.extend import Request, extend
from actions.house import House
from actions.open_window import open_window
from actions.reading.overview.counts import read_counts
from actions.reading.overview.ground import open_ground
from actions.reopen import reopen
from actions.waive import waive
from models.assignment import Counter, Subtotal
from models.database import snapshot, transaction
from models.scope import EVERYTHING
from models.unit import Unit
from tests.dumps import dump
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.records import CAMPAIGN, every, recounted, window_id

NOW = at("2009-09-15 10:00")
SURVEY = Named("U1-1", "survey")
Counted = dict[tuple[str, int], tuple[int, ...]]


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The city R with the units U1 and U2 of three branches each; one survey is done, everything is carried up."""
    house = a_house_at_work(engine, tmp_path / "home")
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-08 09:00")])
    carry_up(house)
    return house


def do_nothing(_: House) -> None:
    """Leave everything as it was carried up."""


def answer_late(house: House) -> None:
    complete(house, CAMPAIGN, [answer("U1-2", "survey"), answer("U2-1", "survey")])


def let_off(house: House) -> None:
    waive(house, CAMPAIGN, Named("U2-2", "training"), reason="merged", actor="李", now=NOW)


def open_again(house: House) -> None:
    reopen(house, CAMPAIGN, SURVEY, reason="counted twice", actor="李", now=NOW)


def give_more_time(house: House) -> None:
    extend(house, CAMPAIGN, Request(date(2009, 10, 12), "flood", unit="U1"), actor="李", now=NOW)


def open_another(house: House) -> None:
    open_window(house, window_id(house, "study/pilot"), now=NOW)


def move_a_branch(house: House) -> None:
    imported(house, registry_row(2, 9, code="U1-1", officer="OU1-1"), now=NOW)


def move_a_unit(house: House) -> None:
    district = "D,新区,R,district,,,,,,,,"
    imported(house, district, registry_row(1, 1).replace(",R,county,", ",D,county,"), now=NOW)


def seen_from_everywhere(house: House) -> Counted:
    """Done and total of every unit with all below it and of its parts, as they are read."""
    seen: Counted = {}
    with snapshot(house.engine) as session:
        everything = open_ground(session, house, CAMPAIGN, EVERYTHING, now=NOW)
        for unit in session.scalars(select(Unit)):
            ground = everything.seen_from(unit)
            parts: Tallies[tuple[str, int, int]] = Tallies()
            for count in read_counts(ground):
                parts[count.part, 0, 0] += count.total
                parts[count.part, 1, 0] += count.done
            for by_part in (True, False):
                counts = read_counts(ground, by_part=by_part)
                sums = [sum(count[place] for count in counts) for place in range(3, 7)]
                seen[unit.path, int(by_part)] = tuple(sums)
            seen |= {(f"{unit.path} > {part}", 0): (parts[part, 0, 0], parts[part, 1, 0]) for part, *_ in parts}
    return seen


def counted_one_by_one(house: House) -> Counted:
    """The same, from all assignments."""
    paths = {unit.id: unit.path for unit in every(house, Unit)}
    seen: Counted = {}
    for path in paths.values():
        below = [(paths[key.unit_id], counts) for key, counts in recounted(house).items()]
        inside = [(place, counts) for place, counts in below if place.startswith(path)]
        whole = tuple(sum(counts[place] for _, counts in inside) for place in range(4))
        seen |= {(path, 0): whole, (path, 1): whole}
        for place, counts in inside:
            part = path + place[len(path) :].split("/")[0] + "/" if place != path else path
            total, done = seen.get((f"{path} > {part}", 0), (0, 0))
            seen[f"{path} > {part}", 0] = (total + counts.total, done + counts.done)
    return seen


CHANGES = [do_nothing, answer_late, let_off, open_again, give_more_time, open_another, move_a_branch, move_a_unit]


@pytest.mark.parametrize("change", CHANGES)
def test_every_unit_reads_what_there_is_before_it_was_carried_up_and_after(
    house: House, change: Callable[[House], None]
) -> None:
    change(house)
    expected = counted_one_by_one(house)
    assert seen_from_everywhere(house) == expected
    carry_up(house)
    assert seen_from_everywhere(house) == expected
    assert all(counter.is_carried for counter in every(house, Counter))


def test_changes_one_after_another_with_a_patrol_between_some_of_them_add_up(house: House) -> None:
    for number, change in enumerate(CHANGES):
        change(house)
        if number % 2:
            carry_up(house)
        assert seen_from_everywhere(house) == counted_one_by_one(house), change.__name__


def test_carried_up_twice_nothing_changes(house: House, engine: Engine) -> None:
    answer_late(house)
    carry_up(house)
    before = dump(engine)
    carry_up(house)
    assert dump(engine) == before


def test_what_was_carried_up_is_read_from_the_subtotals_and_not_summed_again(house: House) -> None:
    with transaction(house.engine) as session:
        for subtotal in session.scalars(select(Subtotal)):
            subtotal.done += 100
    city = seen_from_everywhere(house)["/R/", 0]
    assert city[1] > 100
    assert seen_from_everywhere(house)["/R/U1/", 0] == counted_one_by_one(house)["/R/U1/", 0]


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_counter_that_somebody_is_changing_waits_for_the_next_time_and_holds_nobody_up(house: House) -> None:
    answer_late(house)
    unit_of = {unit.code: unit.id for unit in every(house, Unit)}
    with transaction(house.engine) as session:
        session.execute(select(Counter).where(col(Counter.unit_id) == unit_of["U1"]).with_for_update())
        carry_up(house)
    left = {counter.unit_id for counter in every(house, Counter) if not counter.is_carried}
    assert left == {unit_of["U1"]}
    assert seen_from_everywhere(house) == counted_one_by_one(house)
    carry_up(house)
    assert all(counter.is_carried for counter in every(house, Counter))
