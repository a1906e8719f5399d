"""Play a campaign through on a virtual clock: patrols, deliveries, and branches that answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from actions.add_evidence import add_evidence
from actions.add_problem import add_problems
from actions.approve_gate import approve_gate
from actions.complete import Answer, complete
from actions.declare_no_problems import declare_no_problems
from actions.enter import enter
from actions.house import House
from actions.launch import launch
from actions.reading.standing import read_standing
from actions.rulebook import Rulebook, open_rulebook
from actions.solve_problem import solve_problems
from config.calendars import load_calendar
from config.definition.file import LoadedDefinition
from config.ledgers.all import by_ledger
from config.ledgers.entry import Entry
from config.vocabulary import BlockerKind, WindowStatus
from flows.delivery import delivery
from flows.patrol import patrol
from flows.report import PatrolReport
from models.database import snapshot
from models.queries import find_window
from rules.deadlines import local_day, start_of
from simulation.agenda import Agenda, DayOfActs
from simulation.branches import Behaviour
from simulation.papers import evidence_for
from simulation.passing import pass_up
from simulation.seats import read_seats

ANNOUNCED_BEFORE = timedelta(days=7)
LAUNCH_HOUR = time(9)
ROUNDS = (time(0), time(9))
"""When the patrol goes round: at midnight, when windows open and close, and when messages may go out."""
EVENING = time(17, 30)
"""When the guidance groups write down what was done during the day."""
COORDINATOR = "coordinator"
GROUPS = "guidance-groups"


@dataclass(frozen=True, slots=True)
class Played:
    """What a day or a round of the play brought, from an instant on."""

    since: datetime
    answers: int
    notices: int
    sent: int


def place_around(house: House, loaded: LoadedDefinition, today: datetime) -> LoadedDefinition:
    """Place the waves that start relative to the launch as if that were today, so that the play can begin before."""
    definition = loaded.definition
    calendar = load_calendar(definition.calendar, house.settings.calendar_folder)
    return replace(loaded, definition=definition.resolve(local_day(today, definition.zone), calendar))


def launch_instant(loaded: LoadedDefinition) -> datetime:
    """Return when the campaign is launched in the play: a week before its first wave starts, in the morning.

    Expects the waves to be placed.
    """
    definition = loaded.definition
    first = min(wave.starts.day for wave in definition.waves if wave.starts.day)
    return datetime.combine(first - ANNOUNCED_BEFORE, LAUNCH_HOUR, definition.zone).astimezone(UTC)


def play(house: House, loaded: LoadedDefinition, *, until: datetime, watch: Callable[[Played], None]) -> None:
    """Launch a campaign and play it up to an instant, in this process and without waiting.

    Everything is done by the very flows and actions that run it in earnest; branches act as simulation's
    behaviour says, the coordinator approves what waits for it on the morning after. The same home,
    campaign and instant end in the same tables.
    """
    launched_at = launch_instant(loaded)
    launched = launch(house, loaded, actor=COORDINATOR, now=launched_at)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, launched.campaign)
    behaviour = Behaviour(launched.campaign, zone=rulebook.zone, is_workday=rulebook.calendar.is_workday)
    agenda = Agenda(rulebook, behaviour, read_seats(house, rulebook.campaign_id))
    for day in _days(rulebook, launched_at, until):
        watch(_play_day(house, rulebook, agenda, day, until))
    patrol(house, until)
    delivery(house, lambda: until)


def _days(rulebook: Rulebook, first: datetime, until: datetime) -> Iterator[datetime]:
    """Give each local midnight after the first instant, up to the last."""
    day = local_day(first, rulebook.zone) + timedelta(days=1)
    while (midnight := start_of(day, rulebook.zone)) <= until:
        yield midnight
        day += timedelta(days=1)


def _play_day(house: House, rulebook: Rulebook, agenda: Agenda, midnight: datetime, until: datetime) -> Played:
    day = local_day(midnight, rulebook.zone)
    notices = sent = 0
    for hour in ROUNDS:
        now = datetime.combine(day, hour, rulebook.zone).astimezone(UTC)
        if now > until:
            return Played(midnight, 0, notices, sent)
        went = _go_round(house, rulebook, agenda, now)
        notices, sent = notices + went.notices, sent + went.sent
        _approve(house, rulebook, now)
    acts = agenda.take(day)
    _act(house, rulebook, agenda, acts, until)
    _keep_ledgers(house, rulebook, acts.entries, datetime.combine(day, EVENING, rulebook.zone).astimezone(UTC), until)
    return Played(midnight, len(acts.answers), notices, sent)


def _go_round(house: House, rulebook: Rulebook, agenda: Agenda, now: datetime) -> Played:
    """Patrol and deliver at an instant; what opened is put on the branches' agenda."""
    report = patrol(house, now)
    for label in (label for campaign in report.campaigns for label in campaign.opened):
        with snapshot(house.engine) as session:
            place = find_window(session, rulebook.campaign, label)
        agenda.plan_window(house, place)
    _pass_on(house, rulebook, report, now)
    return Played(now, 0, report.notices, delivery(house, lambda: now).sent)


def _pass_on(house: House, rulebook: Rulebook, report: PatrolReport, now: datetime) -> None:
    """Let the groups pass a quarter on when the next one opens, with what came late, and the last one at its end."""
    periods = {stage.code: stage.period for stage in rulebook.definition.stages if stage.period}
    followed = {period.follows for period in periods.values()}
    for campaign in report.campaigns:
        opened = {label.partition("/")[0] for label in campaign.opened}
        before = {period.follows for code, period in periods.items() if code in opened and period.follows}
        closed = {label.partition("/")[0] for label in campaign.closed} & periods.keys() - followed
        for stage in sorted(before | closed):
            pass_up(house, rulebook.campaign.code, stage, actor=GROUPS, now=now)


def _approve(house: House, rulebook: Rulebook, now: datetime) -> None:
    """Let the coordinator approve the gates that wait for nothing else."""
    code = rulebook.campaign.code
    for window in read_standing(house, code, now=now).windows:
        kinds = {blocker.kind for blocker in window.blockers}
        if window.status is WindowStatus.HELD and kinds == {BlockerKind.APPROVAL}:
            approve_gate(house, code, f"{window.stage}/{window.wave}", actor=COORDINATOR, now=now)


def _asks_for_evidence(rulebook: Rulebook, answer: Answer) -> bool:
    stage, _, task = answer.task.partition("/")
    return rulebook.definition.stage(stage).task(task).evidence


def _act(house: House, rulebook: Rulebook, agenda: Agenda, acts: DayOfActs, until: datetime) -> None:
    """Let the branches do what the day holds for them, as far as it is not later than the end of the play."""
    code = rulebook.campaign.code
    answers = [answer for answer in acts.answers if answer.at <= until]
    if papers := [evidence_for(answer) for answer in answers if _asks_for_evidence(rulebook, answer)]:
        add_evidence(house, code, papers)
    complete(house, code, answers)
    discoveries = [discovery for discovery in acts.discoveries if discovery.finding.at <= until]
    findings = [discovery.finding for discovery in discoveries]
    numbers = add_problems(house, code, findings) if findings else ()
    for number, discovery in zip(numbers, discoveries, strict=True):
        if discovery.solved_on:
            agenda.plan_solution(number, discovery.solved_on)
    if declarations := [declaration for declaration in acts.declarations if declaration.at <= until]:
        declare_no_problems(house, code, declarations)
    if solutions := [solution for solution in acts.solutions if solution.at <= until]:
        solve_problems(house, code, solutions)


def _keep_ledgers(house: House, rulebook: Rulebook, entries: Sequence[Entry], now: datetime, until: datetime) -> None:
    """Let the guidance groups write down what they did that day, ledger by ledger."""
    if now > until:
        return
    for of_a_ledger in by_ledger(entries).values():
        enter(house, rulebook.campaign.code, of_a_ledger, actor=GROUPS, now=now)
