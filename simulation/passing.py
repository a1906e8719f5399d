"""Pass the returns of a stage on, from the bottom of the tree to its top, as the groups of the units would."""

from datetime import datetime

from actions.house import House
from actions.pass_on import pass_on
from actions.reading.return_list import read_returns
from config.vocabulary import ReturnStatus

REASON = "到期未报"


def pass_up(house: House, campaign: str, stage: str, *, actor: str, now: datetime) -> int:
    """Pass on what has not been, without those that are missing; return how many returns it were."""
    lines = [line for line in read_returns(house, campaign, stage).lines if line.status is not ReturnStatus.PASSED_ON]
    for line in reversed(lines):  # in the tree's order whoever is above comes first
        reason = REASON if line.missing else None
        pass_on(house, campaign, stage, line.unit, incomplete=bool(line.missing), reason=reason, actor=actor, now=now)
    return len(lines)
