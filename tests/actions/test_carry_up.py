"""Carrying counters up the tree: whoever reads sees the same before and after, whatever happens in between."""

from collections import Counter as Tallies
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from actions.assignments.named import Named
from actions.carry_up import carry_up
from actions.complete import complete
from actions.extend import Request, extend
from actions.house import House
from actions.import_registry import import_registry
from actions.launch import launch
from actions.open_window import open_window
from actions.reading.overview.counts import read_counts
from actions.reading.overview.ground import Ground, open_ground
from actions.registry.reading import read_file
from actions.reopen import reopen
from actions.waive import waive
from config.vocabulary import OpenWork
from models.assignment import Counter, Subtotal
from models.database import snapshot, transaction
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.window import Window
from tests.dumps import dump
from tests.factories import a_house, a_house_at_work, answer, at, campaign_file, imported, registry_file, registry_row
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


TREE = {"R": "", "S": "", "U1": "R", "U2": "R", "V1": "U1", "V2": "U1", "W1": "V1", "S1": "S"}
"""Units by what is above them: two roots, and branches at every unit, whether it has others below it or not."""


def hung(house: House, tree: Mapping[str, str]) -> None:
    """Import the tree, with two branches at each unit."""
    units = [f"{unit},单位{unit},{above},county,,,,,,,," for unit, above in tree.items()]
    branches = [
        f"{unit},单位{unit},{above},county,{unit}-{number},企业{unit}-{number},10,100,O{unit},联络员,folder://{unit},active"
        for unit, above in tree.items()
        for number in (1, 2)
    ]
    file = registry_file(house.home, [*units, *branches])
    done = import_registry(
        house,
        read_file(house, file),
        skip_rejected=False,
        open_work=OpenWork.FOLLOW,
        actor="test",
        now=at("2009-09-01 09:00"),
    )
    assert not done.rejected


def grounds(house: House) -> Iterator[tuple[str, Ground]]:
    """A campaign with several roots, from above them all, from each unit, and as a scope of each unit sees it."""
    with snapshot(house.engine) as session:
        whole = open_ground(session, house, CAMPAIGN, EVERYTHING, now=NOW)
        yield "/", whole
        for unit in session.scalars(select(Unit)).all():
            yield unit.path, whole.seen_from(unit)
            yield unit.path, open_ground(session, house, CAMPAIGN, Scope(path=unit.path), now=NOW)


def wrong_places(house: House) -> list[str]:
    """Where what is read differs from what there is, in any number of any window, part and deadline."""
    paths = {unit.id: unit.path for unit in every(house, Unit)}
    counted = recounted(house)
    wrong = []
    for path, ground in grounds(house):
        for by_part in (True, False):
            there: Tallies[tuple[int, str, datetime, int]] = Tallies()
            for key, counts in counted.items():
                place = paths[key.unit_id]
                if place.startswith(path):
                    below = path + place[len(path) :].split("/")[0] + "/" if place != path else path
                    for number, count in enumerate(counts):
                        there[key.window_id, below if by_part else path, key.due_at, number] += count
            read: Tallies[tuple[int, str, datetime, int]] = Tallies()
            for found in read_counts(ground, by_part=by_part):
                for number, count in enumerate((found.total, found.done, found.in_time, found.waived)):
                    read[found.window_id, found.part, found.due_at, number] += count
            if +read != +there or any(count < 0 for count in read.values()):
                wrong.append(f"{path} {by_part}")
    return wrong


@pytest.mark.parametrize("seed", [1, 2])
def test_under_several_roots_whatever_happens_reads_what_there_is(engine: Engine, tmp_path: Path, seed: int) -> None:
    rnd, tree = Random(seed), dict(TREE)
    house = a_house(engine, tmp_path / "home")
    hung(house, tree)
    launch(house, campaign_file(house.home), actor="test", now=at("2009-09-01 09:00"))
    for window in [window for window in every(house, Window) if window.awaits_id is None]:
        open_window(house, window.id, now=window.opens_at)
    for step in range(15):
        work = Named(f"{rnd.choice(list(tree))}-{rnd.choice('12')}", rnd.choice(["survey", "training"]))
        match step % 5:
            case 0:
                complete(house, CAMPAIGN, [answer(*work[:2])])
            case 1:
                reopen(house, CAMPAIGN, work, reason="again", actor="李", now=NOW)
            case 2:
                until = Request(date(2009, 10, 12 + step), "flood", unit=rnd.choice(list(tree)))
                extend(house, CAMPAIGN, until, actor="李", now=NOW)
            case 3:
                tree |= {"V1": rnd.choice(["U1", "U2", "S", ""]), "S1": rnd.choice(["S", "V2"])}
                hung(house, tree)
            case _:
                waive(house, CAMPAIGN, work, reason="merged", actor="李", now=NOW)
        if rnd.random() < 0.5:
            carry_up(house)
        assert wrong_places(house) == [], f"step {step}"
