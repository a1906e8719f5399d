"""全州县: 16,313 organisations in 18 townships, and 65 liaison officers for the 179 enterprises that have members."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial

from actions.amend import amend
from actions.house import House
from actions.reading.prospects import read_prospects
from config.definition.stages import StageSpec
from config.definition.tasks import TaskSpec
from config.ledgers.coverage import CoverageEntry
from config.ledgers.entry import Entry
from config.ledgers.foundation import FoundationEntry
from config.ledgers.meeting import MeetingEntry
from config.ledgers.training import TrainingEntry
from config.registry import Column
from config.samples.draws import draw, pick
from config.samples.shares import apportion
from config.vocabulary import (
    BranchKind,
    FoundationStatus,
    MeetingKind,
    TrainingAudience,
    UnitLevel,
)
from simulation.samples.sample import MARK, Cells, Helper, Sample, some_day, towns_below, unit_cells, weekdays

CODE, COUNTY = "quanzhou-2010", "450324"
TOWNS = 18
ENTERPRISES, SOLE_TRADERS, EMPLOYEES = 357, 15_956, 62_163
WITH_MEMBERS, OFFICERS, FOUNDED_FIRST = 179, 65, 7
SESSIONS, TRAINED = 104, 2_600
FIRST, LAST = date(2010, 1, 4), date(2010, 12, 17)
ASSOCIATIONS = 2
COUNTED_ON, LISTED_ON = date(2010, 1, 29), date(2010, 2, 26)
FOUNDED_ON = (
    date(2010, 3, 31),
    date(2010, 4, 15),
    date(2010, 4, 30),
    date(2010, 5, 14),
    date(2010, 5, 31),
    date(2010, 6, 11),
    date(2010, 6, 30),
)


@dataclass(frozen=True, slots=True)
class _Town:
    """A township: how many of the enterprises with members are in it, and the officers who look after them."""

    code: str
    enterprises: int
    officers: tuple[str, ...]


def quanzhou() -> Sample:
    """Return the sample; the seven that are founded first are the first that the rule names."""
    towns = _towns()
    helpers = [Helper(code, f"联络员{code[1:]}{MARK}", town.code) for town in towns for code in town.officers]
    entries = [*_entries(towns)]
    return Sample(
        CODE, FIRST, LAST, [*_registry()], entries, helpers, figures=partial(_returned, entries), finish=_found
    )


def _registry() -> Iterator[Cells]:
    """Name the townships, and the committee of the county, which hands up the quarterly report."""
    county = unit_cells(COUNTY, "全州县", UnitLevel.COUNTY)
    yield county
    yield from towns_below(county, TOWNS, "乡镇")
    yield county | {
        Column.BRANCH_CODE: f"{COUNTY}-01",
        Column.BRANCH_NAME: f"县企业党委{MARK}",
        Column.MEMBERS: "9",
        Column.EMPLOYEES: "20",
        Column.KIND: BranchKind.COMMITTEE,
        Column.OFFICER_CODE: "G01",
        Column.OFFICER_NAME: f"督导组{MARK}",
        Column.CHANNEL: "folder://G01",
    }


def _towns() -> list[_Town]:
    """Share enterprises and officers out; a township has at least one of each, and no officer without work."""
    weights = [_weight(number, "size") for number in range(TOWNS)]
    enterprises = [2 + share for share in apportion(WITH_MEMBERS - 2 * TOWNS, weights)]
    officers = [1 + share for share in apportion(OFFICERS - TOWNS, [count - 1 for count in enterprises])]
    towns, number = [], 0
    for place, (count, helpers) in enumerate(zip(enterprises, officers, strict=True)):
        codes = tuple(f"L{number + each:02}" for each in range(1, helpers + 1))
        number += helpers
        towns.append(_Town(f"{COUNTY}{place + 1:02}", count, codes))
    return towns


def _entries(towns: Sequence[_Town]) -> Iterator[Entry]:
    yield from _coverage(towns)
    yield from _prospects(towns)
    yield from _associations()
    yield from _training(towns)
    for quarter, day in enumerate((date(2010, 1, 15), date(2010, 4, 15), date(2010, 7, 15), date(2010, 10, 15)), 1):
        yield MeetingEntry(
            unit=COUNTY,
            day=day,
            kind=MeetingKind.DEPARTMENTS,
            topic=f"第{quarter}季度部门联席会议",
            parties=9,
            persons=16,
        )


def _coverage(towns: Sequence[_Town]) -> Iterator[Entry]:
    """Count the county township by township."""
    others = apportion(ENTERPRISES - WITH_MEMBERS, [_weight(place, "enterprises") for place in range(TOWNS)])
    traders = apportion(SOLE_TRADERS, [_weight(place, "traders") for place in range(TOWNS)])
    employees = apportion(EMPLOYEES, [_weight(place, "employees") for place in range(TOWNS)])
    for place, town in enumerate(towns):
        yield CoverageEntry(
            unit=town.code,
            day=COUNTED_ON,
            enterprises=town.enterprises + others[place],
            sole_traders=traders[place],
            employees=employees[place],
            members=sum(_full_members(town, number) for number in range(town.enterprises)),
            enterprises_with_members=town.enterprises,
            committees=0,
            branches=0,
            joint_branches=0,
        )


def _prospects(towns: Sequence[_Town]) -> Iterator[Entry]:
    """List every enterprise that has members, with the officer who looks after it."""
    for town in towns:
        for number in range(town.enterprises):
            yield FoundationEntry(
                unit=town.code,
                day=LISTED_ON,
                enterprise=f"企业{town.code[-2:]}{number + 1:02}{MARK}",
                kind=BranchKind.BRANCH,
                status=FoundationStatus.PROSPECT,
                employees=15 + int(150 * draw(CODE, town.code, number, "staff")),
                full_members=_full_members(town, number),
                officer=town.officers[number % len(town.officers)],
            )


def _associations() -> Iterator[Entry]:
    """Found branches in associations of industries, whose members come from several enterprises."""
    days = weekdays(LISTED_ON, LAST)
    for number in range(1, ASSOCIATIONS + 1):
        yield FoundationEntry(
            unit=COUNTY,
            day=some_day(days, CODE, number, "association"),
            enterprise=f"行业协会{number:02}{MARK}",
            kind=BranchKind.ASSOCIATION_BRANCH,
            status=FoundationStatus.FOUNDED,
            employees=5 + int(20 * draw(CODE, number, "association staff")),
            full_members=3 + int(6 * draw(CODE, number, "association members")),
        )


def _full_members(town: _Town, number: int) -> int:
    return 1 + int(6 * draw(CODE, town.code, number, "members") ** 2)


def _training(towns: Sequence[_Town]) -> Iterator[Entry]:
    days = weekdays(date(2010, 3, 1), LAST)
    persons = apportion(TRAINED, [_weight(number, "persons") for number in range(SESSIONS)])
    for number, here in enumerate(persons, 1):
        yield TrainingEntry(
            unit=pick(towns, CODE, number, "where").code,
            day=some_day(days, CODE, number, "training"),
            topic=f"第{number}场业务培训",
            audience=pick(list(TrainingAudience), CODE, number, "audience"),
            persons=here,
        )


def _returned(entries: Sequence[Entry], _: str, stage: StageSpec, task: TaskSpec) -> Mapping[str, int]:
    """Answer a quarter for the whole county, as the ledgers have it."""
    if stage.period is None or not task.figures:
        return {}
    since, until = stage.period.since, stage.period.until
    trainings = [entry for entry in entries if isinstance(entry, TrainingEntry) and since <= entry.day <= until]
    meetings = [entry for entry in entries if isinstance(entry, MeetingEntry) and since <= entry.day <= until]
    return {
        "businesses": ENTERPRISES + SOLE_TRADERS,
        "enterprises": ENTERPRISES,
        "sole_traders": SOLE_TRADERS,
        "employees": EMPLOYEES,
        "enterprises_with_members": WITH_MEMBERS,
        "founded_branches": sum(since <= day <= until for day in FOUNDED_ON),
        "reached_founded": sum(day <= until for day in FOUNDED_ON),
        "training_sessions": len(trainings),
        "people_trained": sum(entry.persons for entry in trainings),
        "meetings": len(meetings),
    }


def _found(house: House) -> None:
    """Found the first seven of the list, one after the other."""
    first = read_prospects(house, CODE, limit=FOUNDED_FIRST).rows
    for prospect, day in zip(first, FOUNDED_ON, strict=True):
        founded = prospect.entry.model_copy(update={"status": FoundationStatus.FOUNDED, "day": day})
        now = datetime.combine(day, time(9), UTC)
        amend(house, CODE, prospect.number, founded, reason="支部成立", actor="supervision-group", now=now)


def _weight(number: int, what: str) -> int:
    return 300 + int(1000 * draw(CODE, number, what, "weight"))
