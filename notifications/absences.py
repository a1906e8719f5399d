"""Who is away, and who is told instead."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, ColumnElement, Integer, SQLColumnExpression, and_, column, or_, select
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from models.dialects import rows_given, table_given, values_table
from models.officer import Officer
from rules.deadlines import ONE_DAY, end_of, local_day, start_of

UNTIL_BACK = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of an absence that has none yet."""

AWAY = "away"
COLUMNS = (
    column("officer_id", Integer),
    column("deputy_id", Integer),
    column("starts_at", UTCDateTime()),
    column("ends_at", UTCDateTime()),
)


class Absence(NamedTuple):
    """An officer who is away from one instant until another, and the deputy who is told instead."""

    officer_id: int
    deputy_id: int
    starts_at: datetime
    ends_at: datetime


def absences_from(session: Session, now: datetime) -> Sequence[Absence]:
    """List the absences that are not over, those ahead included; an officer has one at most.

    Their days are turned into instants in each officer's own zone.
    """
    query = (
        select(
            col(Officer.id),
            col(Officer.deputy_id),
            col(Officer.away_from),
            col(Officer.away_until),
            col(Officer.timezone),
        )
        .with_hint(Officer, "INDEXED BY ix_officer_deputy_id", "sqlite")
        .where(
            # SQLite takes no index for IS NOT NULL.
            col(Officer.deputy_id) > 0,
            # Nowhere on earth is it earlier than yesterday in UTC.
            or_(
                col(Officer.away_until).is_(None), col(Officer.away_until) >= local_day(now, ZoneInfo("UTC")) - ONE_DAY
            ),
        )
        .order_by(col(Officer.id))
    )
    return [
        Absence(
            officer_id,
            deputy_id,
            start_of(first, ZoneInfo(zone)),
            UNTIL_BACK if last is None else end_of(last, ZoneInfo(zone)),
        )
        for officer_id, deputy_id, first, last, zone in session.execute(query)
    ]


def absence_table(session: Session, absences: Sequence[Absence]) -> CTE:
    """Compose the table of absences, to join with."""
    return values_table(session, AWAY, COLUMNS, absences)


def absences_given(is_on_postgresql: bool) -> CTE:
    """Compose that table for a statement that is put together once."""
    return table_given(is_on_postgresql, AWAY, COLUMNS)


def give_absences(session: Session, absences: Sequence[Absence]) -> dict[str, Any]:
    """Write absences as the parameters of that table."""
    return rows_given(session, AWAY, COLUMNS, absences)


def holds(away: CTE, instant: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Select the absences that an instant lies in: mostly that at which a send window opens."""
    return and_(away.c.starts_at <= instant, away.c.ends_at > instant)
