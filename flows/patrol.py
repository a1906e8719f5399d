"""The patrol: look at every campaign, and take each stage that has something to do one step further."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from actions.cancel_untrue import cancel_untrue
from actions.carry_up import carry_up
from actions.defer_notices import defer_notices, find_passed
from actions.end_campaign import end_campaign
from actions.forget_answers import forget_answers
from actions.house import House
from actions.note_parts import note_parts
from actions.note_standing import note_standing
from actions.reading.due_stages import StageCall, find_work
from actions.report_channels import find_unreported, report_channels
from actions.report_unreached import report_unreached
from config.vocabulary import StageKind
from flows.analysis import analysis
from flows.failures import raise_failures
from flows.mobilization import mobilization
from flows.plain import plain
from flows.rectification import rectification
from flows.report import CampaignReport, PatrolReport, StageReport
from flows.study import study
from models.database import exclusive

StageFlow = Callable[[House, StageCall, datetime], StageReport]

STAGE_FLOWS: Mapping[StageKind, StageFlow] = {
    StageKind.MOBILIZATION: mobilization,
    StageKind.STUDY: study,
    StageKind.ANALYSIS: analysis,
    StageKind.RECTIFICATION: rectification,
    StageKind.PLAIN: plain,
}


def run_here(house: House, call: StageCall, now: datetime) -> StageReport:
    """Run a stage's flow in this process, at once."""
    return STAGE_FLOWS[call.kind](house, call, now)


def patrol(house: House, now: datetime, dispatch: StageFlow = run_here) -> PatrolReport:
    """Take all campaigns on to `now`.

    `dispatch` is the way to run a stage's flow: here and now, or as a run of its own. The same patrol
    twice at one instant changes nothing; after an outage one patrol catches up, and a person gets one
    message; killed anywhere and repeated, the result is that of an undisturbed run. A campaign that fails
    is raised only after the others were taken on. Raises Busy when another patrol is at work on the
    database.
    """
    with exclusive(house.engine, "patrol"):
        failures: dict[str, Exception] = {}
        for campaign in find_passed(house, now):
            with _apart(failures, campaign):
                defer_notices(house, campaign, now=now)
        cancelled = cancel_untrue(house, now=now)
        unreported = find_unreported(house)
        reports: list[CampaignReport] = []
        work = find_work(house, now=now)
        for campaign, calls in work.items():
            with _apart(failures, campaign):
                done = [dispatch(house, call, now) for call in calls]
                reported = report_channels(house, campaign, now=now) if campaign in unreported else 0
                reported += report_unreached(house, campaign, now=now)
                note_standing(house, campaign, now=now)
                end_campaign(house, campaign, now=now)
                reports.append(_sum_up(campaign, done, reported, cancelled.get(campaign, 0)))
        carry_up(house)
        for campaign in work:
            with _apart(failures, campaign):
                note_parts(house, campaign, now=now)
        forget_answers(house, now=now)
        raise_failures(failures)
        return PatrolReport(now, tuple(reports))


@contextmanager
def _apart(failures: dict[str, Exception], campaign: str) -> Iterator[None]:
    """Let one campaign's trouble hold up no other: the first of each is kept, to be raised at the end."""
    try:
        yield
    except Exception as failure:  # noqa: BLE001 - whatever it is
        failures.setdefault(campaign, failure)


def _sum_up(campaign: str, done: Sequence[StageReport], reported: int, cancelled: int) -> CampaignReport:
    return CampaignReport(
        campaign=campaign,
        opened=tuple(label for report in done for label in report.opened),
        closed=tuple(label for report in done for label in report.closed),
        held=tuple(label for report in done for label in report.held),
        notices=sum(report.notices for report in done) + reported,
        cancelled=cancelled,
    )
