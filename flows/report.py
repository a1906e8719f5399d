"""What flows report: plain values, fit for a screen, for JSON and for Prefect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.close_window import GateTried
from config.vocabulary import WindowStatus


@dataclass(frozen=True, slots=True)
class StageReport:
    """What one step of a stage did; windows as `stage/wave`, `held` those that were tried and not let go."""

    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    notices: int = 0

    @classmethod
    def of(cls, opened: tuple[str, ...], notices: int, tried: Sequence[GateTried]) -> "StageReport":
        """Gather what the steps of a stage returned."""
        closed = tuple(gate.window for gate in tried if gate.status is WindowStatus.CLOSED)
        held = tuple(gate.window for gate in tried if gate.status is WindowStatus.HELD)
        return cls(opened, closed, held, notices)


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """What a patrol did in one campaign; `cancelled` counts notices that had become untrue before they went out."""

    campaign: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    held: tuple[str, ...]
    notices: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class PatrolReport:
    """What a patrol did, campaign by campaign."""

    at: datetime
    campaigns: tuple[CampaignReport, ...]

    @property
    def notices(self) -> int:
        """How many notices it planned in all."""
        return sum(campaign.notices for campaign in self.campaigns)
