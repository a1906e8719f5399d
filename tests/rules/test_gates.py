from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.definition.gates import GateSpec
from config.vocabulary import BlockerKind, StageKind
from rules.gates import Blocker, GateFacts, find_blockers
from tests.rules.strategies import quick

FREE = GateSpec()
WANTS = GateFacts(without_officer=3, without_channel=2, without_finding=5, problems_unassigned=7)


def gate(**said: Any) -> GateSpec:
    return GateSpec.model_validate(said)


@pytest.mark.parametrize(
    ("share", "facts", "expected"),
    [
        pytest.param("95%", GateFacts(total=703, done=667), (667, 668), id="a branch short"),
        pytest.param("95%", GateFacts(total=703, done=668), None, id="rounded up, met"),
        pytest.param("95%", GateFacts(total=703, waived=3, done=664), (664, 665), id="waived ones do not count"),
        pytest.param("95%", GateFacts(total=703, waived=3, done=665), None, id="exactly"),
        pytest.param("100%", GateFacts(total=3, done=2), (2, 3), id="all"),
        pytest.param("100%", GateFacts(total=1), (0, 1), id="nothing done"),
        pytest.param("0%", GateFacts(total=3), None, id="none asked"),
        pytest.param("95%", GateFacts(), None, id="nothing counts"),
        pytest.param("95%", GateFacts(total=4, waived=4), None, id="all waived"),
        pytest.param("0.1", GateFacts(total=10, done=1), None, id="no rounding of a tenth"),
        pytest.param("0.07", GateFacts(total=100, done=7), None, id="no rounding of a hundredth"),
    ],
)
def test_a_share_done_needs_whole_assignments(share: str, facts: GateFacts, expected: tuple[int, int] | None) -> None:
    blockers = (Blocker(BlockerKind.SHARE_DONE, *expected),) if expected else ()
    assert find_blockers(StageKind.PLAIN, gate(done=share), facts) == blockers


@pytest.mark.parametrize("approved", [False, True])
def test_approval_is_asked_for_where_the_gate_says_so(approved: bool) -> None:
    facts = GateFacts(approved=approved)
    asked = find_blockers(StageKind.PLAIN, gate(approval=True), facts)
    assert asked == (() if approved else (Blocker(BlockerKind.APPROVAL, 0, 1),))
    assert find_blockers(StageKind.PLAIN, FREE, facts) == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(
            StageKind.MOBILIZATION,
            (Blocker(BlockerKind.NO_OFFICER, 3, 0), Blocker(BlockerKind.NO_CHANNEL, 2, 0)),
            id="mobilization: a liaison officer with a channel",
        ),
        pytest.param(StageKind.STUDY, (), id="study: nothing of its own"),
        pytest.param(
            StageKind.ANALYSIS,
            (Blocker(BlockerKind.NO_FINDING, 5, 0), Blocker(BlockerKind.PROBLEM_UNASSIGNED, 7, 0)),
            id="analysis: findings, with an owner and a date",
        ),
        pytest.param(StageKind.RECTIFICATION, (), id="rectification: only the share solved"),
        pytest.param(StageKind.PLAIN, (), id="plain: nothing"),
    ],
)
def test_a_kind_adds_its_own_conditions(kind: StageKind, expected: tuple[Blocker, ...]) -> None:
    assert find_blockers(kind, FREE, WANTS) == expected
    assert find_blockers(kind, FREE, GateFacts()) == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(GateFacts(problems=1320, problems_solved=894), (894, 924), id="as found in the report"),
        pytest.param(GateFacts(problems=1320, problems_solved=924), None, id="met"),
        pytest.param(GateFacts(problems=1), (0, 1), id="none solved"),
        pytest.param(GateFacts(), None, id="no problems"),
    ],
)
def test_rectification_closes_on_the_share_solved(facts: GateFacts, expected: tuple[int, int] | None) -> None:
    blockers = (Blocker(BlockerKind.SHARE_SOLVED, *expected),) if expected else ()
    assert find_blockers(StageKind.RECTIFICATION, gate(solved="70%"), facts) == blockers


def test_every_reason_is_named_at_once() -> None:
    blockers = find_blockers(
        StageKind.MOBILIZATION, gate(done="95%", approval=True), GateFacts(10, 2, without_officer=1)
    )
    assert [blocker.kind for blocker in blockers] == [
        BlockerKind.SHARE_DONE,
        BlockerKind.APPROVAL,
        BlockerKind.NO_OFFICER,
    ]


shares = st.none() | st.decimals(Decimal(0), Decimal(1), places=4)
counts = st.integers(0, 1000)


@st.composite
def facts(draw: st.DrawFn) -> GateFacts:
    done, waived, left, solved, unsolved = (draw(counts) for _ in range(5))
    wants = [draw(st.integers(0, 1)) for _ in range(4)]
    return GateFacts(
        total=done + waived + left,
        done=done,
        waived=waived,
        approved=draw(st.booleans()),
        without_officer=wants[0],
        without_channel=wants[1],
        without_finding=wants[2],
        problems=solved + unsolved,
        problems_unassigned=wants[3],
        problems_solved=solved,
    )


def reached(share: Decimal | None, part: int, whole: int) -> bool:
    return share is None or whole == 0 or Fraction(part, whole) >= Fraction(share)


@quick
@given(st.sampled_from(StageKind), shares, shares, st.booleans(), facts())
def test_no_blocker_is_left_exactly_when_the_conditions_are_met(
    kind: StageKind, done: Decimal | None, solved: Decimal | None, approval: bool, known: GateFacts
) -> None:
    conditions = [
        reached(done, known.done, known.total - known.waived),
        known.approved or not approval,
        kind is not StageKind.MOBILIZATION or known.without_officer + known.without_channel == 0,
        kind is not StageKind.ANALYSIS or known.without_finding + known.problems_unassigned == 0,
        kind is not StageKind.RECTIFICATION or reached(solved, known.problems_solved, known.problems),
    ]
    blockers = find_blockers(kind, GateSpec(done=done, solved=solved, approval=approval), known)
    assert (blockers == ()) is all(conditions)
    assert len({blocker.kind for blocker in blockers}) == len(blockers)
