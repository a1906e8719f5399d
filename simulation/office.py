"""What the guidance groups of a simulated campaign write into the ledgers, window by window."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.ledgers.contact import ContactEntry
from config.ledgers.coverage import CoverageEntry
from config.ledgers.entry import Entry
from config.ledgers.exemplar import ExemplarEntry
from config.ledgers.foundation import FoundationEntry
from config.ledgers.meeting import MeetingEntry
from config.ledgers.suggestion import SuggestionEntry
from config.ledgers.training import TrainingEntry
from config.ledgers.visit import VisitEntry
from config.samples.baoding import MARK
from config.samples.draws import draw, pick
from config.vocabulary import (
    BranchKind,
    ExemplarCategory,
    FoundationStatus,
    MeetingKind,
    StageKind,
    TrainingAudience,
    UnitLevel,
    VisitWay,
)
from simulation.figures import suggestions_of
from simulation.seats import Seat
from simulation.totals import Totals

COURSE = 45
"""So many come to one session of a training at most."""
PARTY = 3
"""So many of the guidance group come to a branch at once at most."""

WAYS = {
    "visits_lecture": (VisitWay.LECTURE, StageKind.STUDY),
    "visits_hearing": (VisitWay.REPORT, StageKind.STUDY),
    "visits_files": (VisitWay.FILES, StageKind.ANALYSIS),
    "visits_members": (VisitWay.MEMBERS, StageKind.RECTIFICATION),
}
"""The way that each figure of the visits counts, and the stage in which groups come that way."""

_SUBJECTS = ("食堂伙食", "夜班交通", "车间通风", "安全培训", "工资公示", "文体活动", "图书角", "技能竞赛")
_PRACTICES = ("班前十分钟学习", "车间党员责任区", "师徒结对", "夜校课堂", "职工意见箱")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A window that has opened: the kind of its stage, its working days, and the branches in it."""

    kind: StageKind
    days: Sequence[date]
    seats: Sequence[Seat]


@dataclass(frozen=True, slots=True)
class Office:
    """How ledgers are kept in one campaign; the same totals, seed and branches give the same entries.

    What a branch answered and what stands in the ledgers about it agree: both are its share of the totals.
    """

    key: tuple[str | int, ...]
    totals: Totals

    def entries_for(self, occasion: Occasion) -> Iterator[Entry]:
        """Give all that is entered in the days of a window."""
        match occasion.kind:
            case StageKind.MOBILIZATION:
                yield from self._contacts(occasion)
                yield from self._courses(occasion)
                yield from self._coverage(occasion)
            case StageKind.STUDY:
                yield from self._suggestions(occasion)
            case StageKind.RECTIFICATION:
                yield from self._exemplars(occasion)
                yield from self._foundations(occasion)
        yield from self._visits(occasion)
        yield from self._meetings(occasion)

    def _contacts(self, occasion: Occasion) -> Iterator[Entry]:
        for seat in occasion.seats:
            day = self._day(occasion.days[:5], seat.branch, "contact")
            yield ContactEntry(branch=seat.branch, day=day, leader=seat.leader or f"联系领导{MARK}")

    def _courses(self, occasion: Occasion) -> Iterator[Entry]:
        """Train the key staff unit by unit, in sessions of the usual size."""
        for unit, seats in _by_unit(occasion.seats).items():
            coming = sum(self.totals.share("people_trained", seat.branch) or 0 for seat in seats)
            for number, persons in enumerate(_in_runs(coming, COURSE), 1):
                yield TrainingEntry(
                    unit=unit,
                    day=self._day(occasion.days, unit, "course", number),
                    topic=f"支部骨干培训第{number}期",
                    audience=TrainingAudience.KEY_STAFF,
                    persons=persons,
                )

    def _coverage(self, occasion: Occasion) -> Iterator[Entry]:
        """Count the enterprises of each unit: organisations are in one of sixteen, which is what was published."""
        for unit, seats in _by_unit(occasion.seats).items():
            kinds = [seat.kind for seat in seats]
            enterprises = len(seats) * 15 + int(len(seats) * 1.6 * draw(*self.key, unit, "enterprises")) + 1
            yield CoverageEntry(
                unit=unit,
                day=self._day(occasion.days[:5], unit, "coverage"),
                enterprises=enterprises,
                sole_traders=0,
                employees=sum(seat.employees for seat in seats) + 20 * (enterprises - len(seats)),
                members=sum(seat.members for seat in seats),
                enterprises_with_members=len(seats),
                committees=kinds.count(BranchKind.COMMITTEE),
                branches=kinds.count(BranchKind.BRANCH),
                joint_branches=kinds.count(BranchKind.JOINT_BRANCH),
                alone=True,
            )

    def _visits(self, occasion: Occasion) -> Iterator[Entry]:
        ways = [(figure, way) for figure, (way, kind) in WAYS.items() if kind is occasion.kind]
        for seat in occasion.seats:
            for figure, way in ways:
                for number, persons in enumerate(_in_runs(self.totals.share(figure, seat.branch) or 0, PARTY)):
                    day = self._day(occasion.days, seat.branch, figure, number)
                    yield VisitEntry(branch=seat.branch, day=day, officer=seat.group, way=way, persons=persons)

    def _suggestions(self, occasion: Occasion) -> Iterator[Entry]:
        for seat in occasion.seats:
            key = (*self.key, seat.branch)
            made, adopted, effective = suggestions_of(key).values()
            yield SuggestionEntry(
                branch=seat.branch,
                day=self._day(occasion.days[-8:], seat.branch, "suggestions"),
                subject=pick(_SUBJECTS, *key, "suggestions"),
                made=made,
                adopted=adopted,
                effective=effective,
            )

    def _exemplars(self, occasion: Occasion) -> Iterator[Entry]:
        for seat in occasion.seats:
            for number in range(self.totals.share("exemplars", seat.branch) or 0):
                key = (*self.key, seat.branch, "exemplar", number)
                category = pick(list(ExemplarCategory), *key, "category")
                way = int(3 * draw(*key, "way"))
                yield ExemplarEntry(
                    branch=seat.branch,
                    day=self._day(occasion.days, seat.branch, "exemplar", number),
                    name=_name_exemplar(category, *key),
                    level=UnitLevel.CITY if draw(*key, "level") < 0.25 else UnitLevel.COUNTY,  # noqa: PLR2004
                    category=category,
                    story_published=way == 0 or draw(*key, "story") < 0.4,  # noqa: PLR2004
                    told_on_tour=way == 1,
                    shown_on_site=way == 2,  # noqa: PLR2004
                )

    def _foundations(self, occasion: Occasion) -> Iterator[Entry]:
        """Found branches in neighbouring enterprises: with enough members, large ones and small ones."""
        for seat in occasion.seats:
            for number in range(self.totals.share("new_branches", seat.branch) or 0):
                key = (*self.key, seat.branch, "founded", number)
                yield FoundationEntry(
                    unit=seat.unit,
                    day=self._day(occasion.days, seat.branch, "founded", number),
                    enterprise=f"{seat.branch}邻近企业{number + 1}{MARK}",
                    kind=BranchKind.BRANCH,
                    status=FoundationStatus.FOUNDED,
                    employees=40 + int(200 * draw(*key, "employees")),
                    full_members=3 + int(5 * draw(*key, "members")),
                )

    def _meetings(self, occasion: Occasion) -> Iterator[Entry]:
        """Let the group of each unit meet as a stage begins."""
        for unit in _by_unit(occasion.seats):
            yield MeetingEntry(
                unit=unit,
                day=self._day(occasion.days[:2], unit, occasion.kind, "meeting"),
                kind=MeetingKind.GROUP,
                topic="部署本阶段工作",
                parties=1 + int(5 * draw(*self.key, unit, occasion.kind, "parties")),
                persons=6 + int(12 * draw(*self.key, unit, occasion.kind, "persons")),
            )

    def _day(self, days: Sequence[date], *key: str | int) -> date:
        return pick(days, *self.key, *key, "day")


def _by_unit(seats: Sequence[Seat]) -> Mapping[str, list[Seat]]:
    units: defaultdict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        units[seat.unit].append(seat)
    return units


def _in_runs(total: int, most: int) -> Iterator[int]:
    """Cut a total into as few parts as can be, each of at most so many."""
    for start in range(0, total, most):
        yield min(most, total - start)


def _name_exemplar(category: ExemplarCategory, *key: str | int) -> str:
    match category:
        case ExemplarCategory.ORGANISATION:
            return f"先进支部{MARK}"
        case ExemplarCategory.PERSON:
            return f"优秀党员{1 + int(99 * draw(*key, 'person')):02}号{MARK}"
        case ExemplarCategory.PRACTICE:
            return f"{pick(_PRACTICES, *key, 'practice')}{MARK}"
