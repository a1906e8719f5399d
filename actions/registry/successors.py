"""The branches that branches were merged into: whether they are there, and what of the open work goes to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import exists, select, update
from sqlmodel import Session, col

from config.registry import Branches, BranchRow, Column, Registry, Rejection
from config.said import Said
from config.vocabulary import BranchStatus, CampaignStatus, ProblemStatus
from models.branch import Branch
from models.campaign import Campaign, Enrolment
from models.dialects import in_chunks, table_of
from models.problem import Problem

_CODE, _STATUS = map(BranchRow._fields.index, ("code", "status"))


def reject_mergers(session: Session, registry: Registry, branches: Branches) -> Iterator[tuple[int, Rejection]]:
    """Reject the successors that are not active: nobody would go on with the work; each with the place of its row."""
    if not branches.mergers:
        return
    standing = _standing(session, branches, {merger.successor for merger in branches.mergers})
    for place, successor in branches.mergers:
        status = standing.get(successor)
        if status is None:
            reason = Said("no such branch, neither here nor in the file")
        elif status != BranchStatus.ACTIVE:
            reason = Said("is not active itself; name the branch that goes on")
        else:
            continue
        yield place, registry.reject(place, Column.SUCCESSOR, successor, reason)


def hand_problems_over(session: Session, merged: Mapping[str, str]) -> Mapping[str, list[int]]:
    """Give the open problems of branches to their successors, in running campaigns that those take part in.

    Returns the numbers of the problems by the code of the branch that had them.
    """
    handed: defaultdict[str, list[int]] = defaultdict(list)
    ids = _homes(session, {*merged, *merged.values()})
    for code, successor in merged.items():
        (branch_id, _), (successor_id, unit_id) = ids[code], ids[successor]
        takes_part = exists().where(
            col(Enrolment.branch_id) == successor_id,
            col(Enrolment.campaign_id) == col(Problem.campaign_id),
            col(Campaign.id) == col(Problem.campaign_id),
            col(Campaign.status) == CampaignStatus.RUNNING,
        )
        query = (
            select(col(Problem.id), col(Problem.number))
            .where(col(Problem.branch_id) == branch_id, col(Problem.status) == ProblemStatus.OPEN, takes_part)
            .order_by(col(Problem.id))
            .with_for_update()
        )
        found = session.execute(query).tuples().all()
        for run in in_chunks([key for key, _ in found]):
            statement = update(table_of(Problem)).where(col(Problem.id).in_(run))
            session.execute(statement.values(branch_id=successor_id, unit_id=unit_id))
        if found:
            handed[code] = [number for _, number in found]
    return handed


def _standing(session: Session, branches: Branches, wanted: set[str]) -> dict[str, str]:
    """Tell how branches stand once the file is imported; what it leaves blank stays, and a new branch is active."""
    standing: dict[str, str] = {}
    for run in in_chunks(sorted(wanted)):
        there = select(col(Branch.code), col(Branch.status)).where(col(Branch.code).in_(run))
        standing.update(session.execute(there).tuples().all())
    for columns in branches.columns():
        for code, status in zip(columns[_CODE], columns[_STATUS], strict=True):
            if code in wanted:
                standing[code] = status or standing.get(code, BranchStatus.ACTIVE)
    return standing


def _homes(session: Session, codes: set[str]) -> dict[str, tuple[int, int]]:
    """Find the keys of branches and of their units, by code."""
    homes: dict[str, tuple[int, int]] = {}
    for run in in_chunks(sorted(codes)):
        query = select(col(Branch.code), col(Branch.id), col(Branch.unit_id)).where(col(Branch.code).in_(run))
        homes |= {code: (key, unit_id) for code, key, unit_id in session.execute(query).tuples()}
    return homes
