"""The flows as Prefect runs them; the only place that imports Prefect, and imported by nothing else of ours.

Prefect says when, and shows what ran; whether work is done stands in our tables alone. So parameters are codes and ISO
instants, no result is kept, and a run that is late, doubled, cancelled or killed does no harm.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from prefect import Flow, flow, get_run_logger, tags
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, State
from prefect.deployments import run_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.runtime import flow_run
from prefect.schedules import Cron, Interval, Schedule
from prefect.states import Completed
from prefect.types.entrypoint import EntrypointType

from actions.house import House, open_house
from actions.reading.due_stages import StageCall
from actions.reading.open_stages import find_open_stages
from actions.reading.standing import read_standing
from config.settings import Settings
from config.vocabulary import StageKind
from flows.delivery import remind_and_deliver
from flows.patrol import STAGE_FLOWS
from flows.patrol import patrol as go_round
from flows.progress_page import progress_page
from flows.report import PatrolReport, StageReport
from models.database import Busy

TAG = "rollcall"
RUNS_AT_ONCE = 3
MINUTES_AN_HOUR = 60
DELIVERY_EVERY_MINUTES = 5
DELIVERY_PATIENCE = timedelta(minutes=DELIVERY_EVERY_MINUTES - 1)
"""How long a delivery waits for the turn of what is left: by then the next one is about to begin."""
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def _name_stage_run() -> str:
    given = flow_run.parameters
    return f"{given['campaign']} · {given['stage']} · {', '.join(given['waves'])}"


def _name_round() -> str:
    zone = ZoneInfo(Settings.load().timezone)
    given = flow_run.parameters.get("at")
    try:
        at = f"{_instant(given).astimezone(zone):%Y-%m-%d %H:%M}"
    except ValueError:
        at = str(given)  # the run itself says what is wrong with it
    return f"{flow_run.flow_name} · {at}"


# Tried again soon: a step that is repeated ends where it would have ended.
_stage_flow = flow(flow_run_name=_name_stage_run, retries=2, retry_delay_seconds=10, persist_result=False)


@_stage_flow
def mobilization(campaign: str, stage: str, waves: list[str], at: str | None = None) -> StageReport:
    """Take a mobilization stage one step further: every branch gets its tasks, and needs an officer in reach."""
    return _step(StageKind.MOBILIZATION, campaign, stage, waves, at)


@_stage_flow
def study(campaign: str, stage: str, waves: list[str], at: str | None = None) -> StageReport:
    """Take a study stage one step further: in the middle of it, those who fall behind are seen."""
    return _step(StageKind.STUDY, campaign, stage, waves, at)


@_stage_flow
def analysis(campaign: str, stage: str, waves: list[str], at: str | None = None) -> StageReport:
    """Take an analysis stage one step further: every branch records its problems, or that it has none."""
    return _step(StageKind.ANALYSIS, campaign, stage, waves, at)


@_stage_flow
def rectification(campaign: str, stage: str, waves: list[str], at: str | None = None) -> StageReport:
    """Take a rectification stage one step further: problems are chased like tasks, and the report is written."""
    return _step(StageKind.RECTIFICATION, campaign, stage, waves, at)


@_stage_flow
def plain(campaign: str, stage: str, waves: list[str], at: str | None = None) -> StageReport:
    """Take a stage without work of its own one step further: open, chase, close."""
    return _step(StageKind.PLAIN, campaign, stage, waves, at)


STAGE_RUNS = {
    StageKind.MOBILIZATION: mobilization,
    StageKind.STUDY: study,
    StageKind.ANALYSIS: analysis,
    StageKind.RECTIFICATION: rectification,
    StageKind.PLAIN: plain,
}


@flow(flow_run_name=_name_round, retries=1, retry_delay_seconds=60, persist_result=False)
def patrol(at: str | None = None, every_open_stage: bool = False) -> State[None]:
    """Take all campaigns on to `at` (now, when left out), each stage with work as a run of its own.

    With `every_open_stage`, stages in which nothing is due are stepped too, as after a start: it changes nothing, and
    shows that they are alive. Progress is shown as an artifact for each campaign, and a delivery is begun when
    something was planned. Where another patrol is at work, this one leaves it to that.
    """
    now = _instant(at)
    called: set[tuple[str, str]] = set()

    def dispatch(_: House, call: StageCall, now: datetime) -> StageReport:
        called.add((call.campaign, call.stage))
        return _run_stage(call, now)

    with _house() as house, tags(TAG):
        try:
            report = go_round(house, now, dispatch)
        except Busy as busy:
            return Completed(name="Skipped", message=str(busy))
        if every_open_stage:
            for call in find_open_stages(house):
                if (call.campaign, call.stage) not in called:
                    _run_stage(call, now)
        for campaign in report.campaigns:
            _show_progress(house, campaign.campaign, now)
    if report.notices:
        _begin_delivery()
    return Completed(message=_say(report))


@flow(flow_run_name=_name_round, retries=2, retry_delay_seconds=30, persist_result=False)
def delivery() -> State[None]:
    """Send what is planned, and end when nothing is left to send now, or its turn comes only with the next run."""
    with _house() as house:
        return Completed(message=str(remind_and_deliver(house, _clock, sleep, DELIVERY_PATIENCE)))


def make_deployments(settings: Settings) -> tuple[RunnerDeployment, ...]:
    """Describe all deployments: patrol and delivery on their schedules, the stages to be run by hand.

    Flows are named by module path, so that they are found from any folder.
    """
    rounds = (
        _deployment(patrol, schedule=patrol_schedule(settings), concurrency_limit=ONE_AT_A_TIME),
        _deployment(delivery, schedule=delivery_schedule(settings), concurrency_limit=ONE_AT_A_TIME),
    )
    return (*rounds, *(_deployment(stage_run) for stage_run in STAGE_RUNS.values()))


def patrol_schedule(settings: Settings) -> Schedule:
    """Return when the patrol goes round: by the clock where its minutes divide the hour, else counted from midnight."""
    minutes = settings.patrol_every_minutes
    if MINUTES_AN_HOUR % minutes == 0:
        marks = ",".join(map(str, range(0, MINUTES_AN_HOUR, minutes)))
        return Cron(f"{marks} * * * *", timezone=settings.timezone)
    midnight = datetime(2000, 1, 1, tzinfo=ZoneInfo(settings.timezone))
    return Interval(timedelta(minutes=minutes), anchor_date=midnight, timezone=settings.timezone)


def delivery_schedule(settings: Settings) -> Schedule:
    """Return when a delivery runs although no patrol began one: for retries, and for what was planned by hand."""
    return Cron(f"*/{DELIVERY_EVERY_MINUTES} * * * *", timezone=settings.timezone)


class DeploymentRunner(Runner):
    """A runner that stops in order when it is told to."""

    def handle_sigterm(self, *_: object, **__: object) -> None:
        """Cancel the runs under way and end; Prefect's own handler leaves without telling them."""
        loop = asyncio.get_running_loop()
        loop.call_soon_threadsafe(lambda: loop.create_task(self.astop()))


def main() -> None:
    """Serve all deployments until told to stop, beginning with one patrol."""
    # Stopping one of several runners must not pause the deployments for the others.
    runner = DeploymentRunner(name=TAG, limit=RUNS_AT_ONCE, pause_on_shutdown=False)
    for deployment in make_deployments(Settings.load()):
        runner.add_deployment(deployment)
    run_deployment("patrol/patrol", parameters={"every_open_stage": True}, timeout=0, as_subflow=False)
    asyncio.run(runner.start())


def _deployment(
    run: Flow[..., Any], schedule: Schedule | None = None, concurrency_limit: ConcurrencyLimitConfig | None = None
) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        run,
        run.name,
        schedule=schedule,
        concurrency_limit=concurrency_limit,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _run_stage(call: StageCall, now: datetime) -> StageReport:
    return STAGE_RUNS[call.kind](call.campaign, call.stage, [*call.waves], now.isoformat())


def _step(kind: StageKind, campaign: str, stage: str, waves: list[str], at: str | None) -> StageReport:
    call = StageCall(campaign, stage, kind, tuple(waves))
    with _house() as house:
        report = STAGE_FLOWS[kind](house, call, _instant(at))
    get_run_logger().info(
        "opened %s, closed %s, held %s, notices %d", report.opened, report.closed, report.held, report.notices
    )
    return report


def _show_progress(house: House, campaign: str, now: datetime) -> None:
    standing = read_standing(house, campaign, now=now)
    page = progress_page(standing, house.settings.language, ZoneInfo(house.settings.timezone))
    # A key takes lower-case letters, digits and dashes; a campaign's code may have an underscore as well.
    create_markdown_artifact(page, key=f"progress-{campaign.replace('_', '-')}", description=f"{campaign} · {now}")


def _begin_delivery() -> None:
    try:
        run_deployment("delivery/delivery", timeout=0, as_subflow=False)
    except ObjectNotFound:
        get_run_logger().info("no delivery is deployed here; notices wait for `rollcall deliver`")


def _say(report: PatrolReport) -> str:
    return "; ".join(
        f"{each.campaign}: {len(each.opened)} opened, {len(each.closed)} closed, {len(each.held)} held, "
        f"{each.notices} notices"
        for each in report.campaigns
    )


def _instant(at: str | None) -> datetime:
    """Read an instant, now when there is none; ValueError when it has no zone."""
    if at is None:
        return _clock()
    instant = datetime.fromisoformat(at)
    if instant.tzinfo is None:
        raise ValueError(f"{at}: an instant needs its zone, as in 2009-09-07T08:00+08:00")
    return instant.astimezone(UTC)


def _clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _house() -> Iterator[House]:
    house = open_house(Settings.load())
    try:
        yield house
    finally:
        house.engine.dispose()


if __name__ == "__main__":
    # Run as a program this module is called __main__, and a flow would be deployed under a name nobody can import.
    from flows.deployments import main as serve_deployments

    serve_deployments()
