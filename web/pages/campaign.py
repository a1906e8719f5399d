"""One campaign at a glance."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Response

from actions.access.caller import Caller
from actions.reading.overview.campaign import read_overview
from actions.reading.overview.steps import Step
from config.vocabulary import ListCode, Permission, StepKind
from notifications.writing.wording import blocker_text
from rules.progress import overdue
from web.charts.heat import SHARES, Shown, worst_first
from web.charts.timeline import lay_out
from web.identity.doors import User, caller_of
from web.paging import PageNumber, cut
from web.rendering import page

router = APIRouter()

UNITS_A_PAGE = 40
LATE_UNITS = 10

NEEDED: Mapping[StepKind, Permission] = {
    StepKind.APPROVE_GATE: Permission.STEER,
    StepKind.DECIDE_REQUESTS: Permission.DECIDE,
    StepKind.RETRY_NOTICES: Permission.RETRY,
    StepKind.GIVE_OFFICERS: Permission.KEEP_PEOPLE,
    StepKind.GIVE_CHANNELS: Permission.KEEP_PEOPLE,
}
"""What one has to be allowed to do for a step to be one's own; the others are for everybody."""


@router.get("/campaigns/{campaign}")
def show_campaign(here: User, campaign: str, show: Shown = Shown.COMPLETENESS, number: PageNumber = 1) -> Response:
    """Show how a campaign stands, where it is stuck and what to do next, as far as the caller's scope reaches."""
    caller = caller_of(here)
    overview = read_overview(here.house, campaign, now=here.now, scope=caller.scope)
    units, paging = cut(worst_first(overview.parts, SHARES[show]), number, UNITS_A_PAGE)
    late = sorted(overview.parts, key=lambda state: (-overdue(state.tally), state.part.unit))
    return page(
        here,
        "campaign.html",
        overview=overview,
        steps=_own(caller, overview.steps),
        timeline=lay_out(overview.windows, overview.today),
        units=units,
        paging=paging,
        late_units=[state for state in late[:LATE_UNITS] if overdue(state.tally)],
        show=show,
        blocker_text=blocker_text,
        may_answer=caller.may(Permission.ANSWER),
        lists=tuple(ListCode),
    )


def _own(caller: Caller, steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.kind not in NEEDED or caller.may(NEEDED[step.kind])]
