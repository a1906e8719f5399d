"""Gates: what still keeps a window from closing, as reasons with their numbers."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from config.definition.gates import GateSpec
from config.vocabulary import BlockerKind, StageKind


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What is known of a window when its gate is tried.

    total, done and waived count its assignments; without_officer, without_channel and without_finding count branches;
    the last three count the problems of the wave, problems_unassigned those without an owner or a date.
    """

    total: int = 0
    done: int = 0
    waived: int = 0
    approved: bool = False
    without_officer: int = 0
    without_channel: int = 0
    without_finding: int = 0
    problems: int = 0
    problems_unassigned: int = 0
    problems_solved: int = 0


@dataclass(frozen=True, slots=True)
class Blocker:
    """A reason: how many there are and how many are needed.

    A kind that names a want, such as NO_OFFICER, has the branches or problems that show it, and needs none of them.
    """

    kind: BlockerKind
    have: int
    need: int


def find_blockers(kind: StageKind, gate: GateSpec, facts: GateFacts) -> tuple[Blocker, ...]:
    """List what keeps a window from closing; nothing left means that the gate is met.

    A share of nothing asks for nothing. Shares are exact: 95 % of 703 are met by 668, not by 667.
    """
    asked = (*_asked_by_gate(gate, facts), *_asked_by_kind(kind, gate, facts))
    wants = _wants(kind, facts)
    return (
        *(blocker for blocker in asked if blocker.have < blocker.need),
        *(blocker for blocker in wants if blocker.have > blocker.need),
    )


def _asked_by_gate(gate: GateSpec, facts: GateFacts) -> tuple[Blocker, ...]:
    return (
        Blocker(BlockerKind.SHARE_DONE, facts.done, _needed(gate.done, facts.total - facts.waived)),
        Blocker(BlockerKind.APPROVAL, int(facts.approved), int(gate.approval)),
    )


def _asked_by_kind(kind: StageKind, gate: GateSpec, facts: GateFacts) -> tuple[Blocker, ...]:
    if kind is not StageKind.RECTIFICATION:
        return ()
    return (Blocker(BlockerKind.SHARE_SOLVED, facts.problems_solved, _needed(gate.solved, facts.problems)),)


def _wants(kind: StageKind, facts: GateFacts) -> tuple[Blocker, ...]:
    match kind:
        case StageKind.MOBILIZATION:
            return (
                Blocker(BlockerKind.NO_OFFICER, facts.without_officer, 0),
                Blocker(BlockerKind.NO_CHANNEL, facts.without_channel, 0),
            )
        case StageKind.ANALYSIS:
            return (
                Blocker(BlockerKind.NO_FINDING, facts.without_finding, 0),
                Blocker(BlockerKind.PROBLEM_UNASSIGNED, facts.problems_unassigned, 0),
            )
        case _:
            return ()


def _needed(share: Decimal | None, of: int) -> int:
    return 0 if share is None else ceil(Fraction(share) * of)
