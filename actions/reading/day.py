"""Read an officer's day: whom to call, late first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from actions.house import House
from actions.reading.branches import Person, leader_of
from actions.reading.work import WorkState, open_works
from config.errors import Unknown
from config.said import Said
from models.branch import Branch
from models.database import snapshot
from models.officer import Officer
from models.scope import Scope
from rules.deadlines import local_day

MOST_BRANCHES = 500
"""How many branches a day is made for; nobody calls more."""
_LATE, _TODAY, _THIS_WEEK, _LATER = range(4)


@dataclass(frozen=True, slots=True)
class BranchDay:
    """A branch with its open work: late, due today, due by the end of the week (Sunday), and how much comes later."""

    branch: str
    name: str
    leader: Person | None
    late: tuple[WorkState, ...] = ()
    today: tuple[WorkState, ...] = ()
    week: tuple[WorkState, ...] = ()
    later: int = 0
    campaigns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The day of an officer, or of whoever asks; branches come late first, then by what is due soonest."""

    today: date
    officer_name: str | None
    branches: tuple[BranchDay, ...] = field(default=())


def read_day(house: House, *, scope: Scope, now: datetime, officer: str | None = None, phones: bool = False) -> Day:
    """Read the branches of a scope, those of one officer where one is named, as of `now` in the officer's zone.

    `phones` opens the numbers of those whom one speaks to there.

    Raises Unknown for an officer who answers for no branch in the scope, in the words for one who is not there.
    """
    with snapshot(house.engine) as session:
        found = session.exec(select(Officer).where(Officer.code == officer)).one_or_none() if officer else None
        query = select(Branch).where(scope.branches).order_by(col(Branch.code)).limit(MOST_BRANCHES)
        if officer is not None:
            query = query.where(Branch.officer_id == (found.id if found else None))
        branches = session.exec(query).all()
        if officer is not None and (found is None or not branches):
            raise Unknown(
                "officer {code}: unknown", hint=Said("`rollcall officer list` shows who there is"), code=officer
            )
        works: defaultdict[str, list[WorkState]] = defaultdict(list)
        for work in open_works(session, house, [branch.id for branch in branches], now):
            works[work.branch].append(work)
        zone = ZoneInfo(found.timezone if found else house.settings.timezone)
        today = local_day(now, zone)
        days = [_branch_day(house, branch, works[branch.code], today, phones=phones) for branch in branches]
    days.sort(key=_urgency)
    return Day(today, found.name if found else None, tuple(days))


def _branch_day(house: House, branch: Branch, works: Sequence[WorkState], today: date, *, phones: bool) -> BranchDay:
    sunday = today + timedelta(days=6 - today.weekday())
    parts: defaultdict[int, list[WorkState]] = defaultdict(list)
    for work in works:
        last = work.task.last_day
        part = _LATE if work.task.late else _TODAY if last <= today else _THIS_WEEK if last <= sunday else _LATER
        parts[part].append(work)
    return BranchDay(
        branch=branch.code,
        name=branch.name,
        leader=leader_of(branch, house.seal, phones=phones),
        late=tuple(parts[_LATE]),
        today=tuple(parts[_TODAY]),
        week=tuple(parts[_THIS_WEEK]),
        later=len(parts[_LATER]),
        campaigns=tuple(dict.fromkeys(work.campaign for work in works)),
    )


def _urgency(day: BranchDay) -> tuple[int, int, int, str]:
    return -len(day.late), -len(day.today), -len(day.week), day.branch
