"""A district with 423 enterprises and 41 organisations, which founds 301 groups, street by street, against targets."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from config.definition.stages import StageSpec
from config.definition.tasks import TaskSpec
from config.ledgers.coverage import CoverageEntry
from config.ledgers.entry import Entry
from config.ledgers.foundation import FoundationEntry
from config.ledgers.survey import SurveyEntry
from config.ledgers.target import TargetEntry
from config.registry import Column
from config.samples.draws import draw
from config.samples.shares import apportion
from config.vocabulary import BranchKind, FoundationStatus, Measure, UnitLevel
from simulation.figures import Size
from simulation.samples.returns import added_up, share_out
from simulation.samples.sample import MARK, Cells, Sample, some_day, towns_below, unit_cells, weekdays

CODE, DISTRICT = "district-2011", "990201"
STREETS = 8
ENTERPRISES, EMPLOYEES, MEMBERS = 423, 12_031, 675
ORGANISATIONS = ((BranchKind.COMMITTEE, 2), (BranchKind.BRANCH, 37), (BranchKind.JOINT_BRANCH, 2))
FOUNDED = (
    (BranchKind.BRANCH, 20),
    (BranchKind.UNION, 240),
    (BranchKind.YOUTH_LEAGUE, 26),
    (BranchKind.WOMENS_COMMITTEE, 15),
)
RETURNED = {
    "founded_branches": BranchKind.BRANCH,
    "founded_unions": BranchKind.UNION,
    "founded_youth_leagues": BranchKind.YOUTH_LEAGUE,
    "founded_womens_committees": BranchKind.WOMENS_COMMITTEE,
}
"""The figures of the quarterly return that say what was founded."""
SURVEYORS = 612
FIRST, LAST = date(2011, 3, 1), date(2011, 11, 30)
COUNTED_ON, TARGETS_SET_ON, TARGETS_DUE = date(2011, 3, 31), date(2011, 4, 6), date(2011, 11, 30)


def district() -> Sample:
    """Return the sample."""
    registry = [*_registry()]
    entries = [*_entries(registry)]
    return Sample(CODE, FIRST, LAST, registry, entries, figures=_Quarters.of(registry, entries).figures)


def _registry() -> Iterator[Cells]:
    district = unit_cells(DISTRICT, f"某区{MARK}", UnitLevel.COUNTY)
    streets = [*towns_below(district, STREETS, "街道")]
    yield district
    yield from streets
    kinds = [kind for kind, count in ORGANISATIONS for _ in range(count)]
    members = apportion(MEMBERS, [_weight(number, "members") for number in range(len(kinds))])
    for number, (kind, here) in enumerate(zip(kinds, members, strict=True), 1):
        yield streets[number % STREETS] | {
            Column.BRANCH_CODE: f"{DISTRICT}-{number:02}",
            Column.BRANCH_NAME: f"企业组织{number:02}{MARK}",
            Column.MEMBERS: str(here),
            Column.EMPLOYEES: str(here * (3 + int(4 * draw(CODE, number, "employees")))),
            Column.KIND: kind,
            Column.OFFICER_CODE: f"L{number:02}",
            Column.OFFICER_NAME: f"联络员{number:02}{MARK}",
            Column.CHANNEL: f"folder://L{number:02}",
        }


def _entries(registry: Sequence[Cells]) -> Iterator[Entry]:
    yield from _coverage(registry)
    yield _survey()
    yield from _targets()
    yield from _foundations()


def _coverage(registry: Sequence[Cells]) -> Iterator[Entry]:
    """Count the district street by street; members and organisations are those of its registry."""
    enterprises = apportion(ENTERPRISES, [_weight(street, "enterprises") for street in range(STREETS)])
    employees = apportion(EMPLOYEES, [_weight(street, "employees") for street in range(STREETS)])
    for street in range(STREETS):
        here = [row for row in registry if row[Column.UNIT_CODE] == _street(street) and Column.BRANCH_CODE in row]
        kinds = [row[Column.KIND] for row in here]
        yield CoverageEntry(
            unit=_street(street),
            day=COUNTED_ON,
            enterprises=enterprises[street],
            sole_traders=0,
            employees=employees[street],
            members=sum(int(row[Column.MEMBERS]) for row in here),
            enterprises_with_members=len(here) + 2 * kinds.count(BranchKind.JOINT_BRANCH),
            committees=kinds.count(BranchKind.COMMITTEE),
            branches=kinds.count(BranchKind.BRANCH),
            joint_branches=kinds.count(BranchKind.JOINT_BRANCH),
        )


def _survey() -> Entry:
    """Let people go round the district for a month, and see every enterprise that is counted at its end."""
    return SurveyEntry(
        unit=DISTRICT,
        day=COUNTED_ON,
        since=FIRST,
        subject="企业、职工和党员底数",
        persons=SURVEYORS,
        organisations=ENTERPRISES,
    )


def _targets() -> Iterator[Entry]:
    """Set a number for the district and for every street, each with somebody who answers for it."""
    everyone = [(DISTRICT, 300), *((_street(street), 35) for street in range(STREETS))]
    for number, (unit, wanted) in enumerate(everyone):
        yield TargetEntry(
            unit=unit,
            day=TARGETS_SET_ON,
            measure=Measure.FOUNDED,
            wanted=wanted,
            person=f"责任人{number:02}{MARK}",
            due=TARGETS_DUE,
        )


def _foundations() -> Iterator[Entry]:
    days = weekdays(date(2011, 4, 11), LAST)
    kinds = [kind for kind, count in FOUNDED for _ in range(count)]
    for number, kind in enumerate(kinds, 1):
        members = 3 if kind is BranchKind.BRANCH else 0
        yield FoundationEntry(
            unit=_street(int(STREETS * draw(CODE, number, "street"))),
            day=some_day(days, CODE, number, "founded"),
            enterprise=f"企业{number:03}{MARK}",
            kind=kind,
            status=FoundationStatus.FOUNDED,
            employees=10 + int(90 * draw(CODE, number, "staff")),
            full_members=members + int(3 * draw(CODE, number, "full")),
        )


@dataclass(frozen=True, slots=True)
class _Quarters:
    """What organisations answer in a quarter: themselves, and their share of what was founded in their street."""

    rows: Mapping[str, Cells]
    shares: Mapping[str, Sequence[Entry]]

    @classmethod
    def of(cls, registry: Sequence[Cells], entries: Sequence[Entry]) -> "_Quarters":
        rows = {row[Column.BRANCH_CODE]: row for row in registry if Column.BRANCH_CODE in row}
        beside: defaultdict[str, list[str]] = defaultdict(list)
        for branch, row in rows.items():
            beside[row[Column.UNIT_CODE]].append(branch)
        return cls(rows, share_out((entry for entry in entries if isinstance(entry, FoundationEntry)), beside))

    def figures(self, branch: str, stage: StageSpec, task: TaskSpec) -> Mapping[str, int]:
        """Answer a task; those that ask for no figures without any."""
        if stage.period is None or not task.figures:
            return {}
        row, own, since, until = self.rows[branch], self.shares.get(branch, ()), stage.period.since, stage.period.until
        return {
            Column.EMPLOYEES: int(row[Column.EMPLOYEES]),
            Column.MEMBERS: int(row[Column.MEMBERS]),
            **Size(0, 0, BranchKind(row[Column.KIND])).organisations,
            **{
                code: added_up(own, partial(_founds, kind), since=since, until=until) for code, kind in RETURNED.items()
            },
            "reached_founded": added_up(own, partial(_founds, None), since=FIRST, until=until),
        }


def _founds(kind: BranchKind | None, entry: Entry) -> int:
    """Count an entry of a kind, or of any."""
    return int(isinstance(entry, FoundationEntry) and kind in (None, entry.kind))


def _street(number: int) -> str:
    return f"{DISTRICT}{number + 1:02}"


def _weight(number: int, what: str) -> int:
    return 400 + int(1000 * draw(CODE, number, what, "weight"))
