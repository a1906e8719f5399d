"""Play the trial campaign: a patrol a day, deliveries, and branches that answer in between."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from actions.add_problem import Finding, add_problems
from actions.approve_gate import approve_gate
from actions.complete import complete
from actions.declare_no_problems import Declaration, declare_no_problems
from actions.house import House
from actions.solve_problem import Solution, solve_problems
from flows.delivery import delivery
from flows.patrol import patrol
from flows.report import CampaignReport
from tests.factories import SHANGHAI, answer, at
from tests.records import CAMPAIGN

Act = Callable[[House, datetime], object]
PILOT, MAIN = ("U1-1", "U1-2"), ("U2-1", "U2-2")


def every_day(first: str, last: str, clock: str = "08:30") -> Iterator[datetime]:
    """The instants of a patrol that goes round once a day."""
    instant = at(f"{first} {clock}")
    while instant <= at(f"{last} {clock}"):
        yield instant
        instant += timedelta(days=1)


def played(house: House, patrols: Iterable[datetime], acts: Mapping[datetime, Act], *, sending: bool) -> list[str]:
    """Patrol at these instants, with acts in between; tell what was opened, closed and held anew, and on which day."""
    waiting = sorted(acts)
    told: list[str] = []
    held: tuple[str, ...] = ()
    for instant in patrols:
        while waiting and waiting[0] <= instant:
            acts[waiting[0]](house, waiting.pop(0))
        for campaign in patrol(house, instant).campaigns:
            told += (f"{instant.astimezone(SHANGHAI):%m-%d} {news}" for news in _news(campaign, held))
            held = campaign.held
        if sending:
            delivery(house, lambda now=instant: now)
    return told


def _news(campaign: CampaignReport, held: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{window} opened" for window in campaign.opened)
    yield from (f"{window} closed" for window in campaign.closed)
    yield from (f"{window} held" for window in campaign.held if window not in held)


def answers(branches: Iterable[str], *tasks: str) -> Act:
    """Branches that complete tasks."""

    def act(house: House, now: datetime) -> None:
        when = f"{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        complete(house, CAMPAIGN, [answer(branch, task, when) for branch in branches for task in tasks])

    return act


def look_for_problems(house: House, now: datetime) -> None:
    """The first branch of each unit finds a problem, the second finds none; both gates are approved."""
    due = date(2009, 11, 30)
    found = [Finding(branch, "no library", now, f"O{branch}", "王", due) for branch in ("U1-1", "U2-1")]
    add_problems(house, CAMPAIGN, found)
    declare_no_problems(house, CAMPAIGN, [Declaration(branch, now, f"O{branch}") for branch in ("U1-2", "U2-2")])
    for wave in ("pilot", "main"):
        approve_gate(house, CAMPAIGN, f"analysis/{wave}", actor="李", now=now)


def solve_all(house: House, now: datetime) -> None:
    """Both problems are solved."""
    solve_problems(house, CAMPAIGN, [Solution(number, now, "王") for number in (1, 2)])


DILIGENT: Mapping[datetime, Act] = {
    at("2009-09-18 12:00"): answers(PILOT, "survey", "training"),
    at("2009-09-21 12:00"): answers(MAIN, "survey", "training"),
    at("2009-10-20 12:00"): answers(("U1-1", "U1-2", "U2-1"), "lecture"),
    at("2009-11-09 12:00"): look_for_problems,
    at("2009-11-24 12:00"): solve_all,
}
"""What two units of two branches do so that every stage is passed; the last tasks are left undone."""
