"""What an entry brings with it elsewhere: a branch bears the latest grade that counts."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlmodel import Session, col

from config.vocabulary import LedgerCode
from models.branch import Branch
from models.dialects import in_chunks, table_of
from models.ledgers.grading import Grading


def take_effect(session: Session, ledger: LedgerCode, branches: Collection[int | None]) -> None:
    """Bring up to date what follows from the entries of these branches; done twice, it changes nothing more."""
    if ledger is LedgerCode.GRADINGS:
        for run in in_chunks(sorted(branch for branch in branches if branch is not None)):
            latest = (
                select(col(Grading.grade))
                .where(col(Grading.branch_id) == col(Branch.id), col(Grading.struck_at).is_(None))
                .order_by(col(Grading.day).desc(), col(Grading.id).desc())
                .limit(1)
                .scalar_subquery()
            )
            session.execute(update(table_of(Branch)).where(col(Branch.id).in_(run)).values(graded=latest))
