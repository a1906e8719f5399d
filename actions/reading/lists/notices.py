"""Notices as a list."""

from collections.abc import Iterator

from actions.reading.lists.asked import Asked
from actions.reading.notices import NoticeFilter, newest_first, select_notices
from sheets.lists.table import Cell, Kind, column

COLUMNS = (
    column("notice", "编号", "Number", Kind.WHOLE, 8),
    column("officer_code", "人员编码", "Officer code"),
    column("officer_name", "人员", "Officer", width=16),
    column("kind", "类型", "Kind", Kind.WORD, 12),
    column("day", "日期", "Day", Kind.DAY, 12),
    column("status", "状态", "Status", Kind.WORD, 12),
    column("lines", "条目", "Lines", Kind.WHOLE, 8),
    column("reason", "原因", "Reason", width=40),
)


def read_notice_rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Read the notices that speak of the campaign to officers inside the scope, the newest day first."""
    wanted = NoticeFilter(
        campaign=asked.rulebook.campaign.code, unit=asked.unit.code if asked.unit is not None else None
    )
    yield from asked.stream(newest_first(asked.session, select_notices(), wanted, asked.scope))
