"""A campaign's progress as a page of Markdown, as Prefect shows it after each patrol."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.reading.standing import CampaignStanding, UnitStanding, WindowStanding
from config.vocabulary import Language, NoticeStatus
from notifications.writing.wording import blocker_text, say_number, say_share, window_status_text
from rules.progress import completeness, overdue, timeliness

Row = Sequence[str]

WINDOW_HEADS = {
    Language.ZH: ("阶段", "批次", "状态", "起", "止", "任务", "已办结", "逾期", "办结率", "及时率", "未达条件"),
    Language.EN: (
        *("stage", "wave", "status", "opens", "closes", "assignments", "done", "overdue"),
        *("completeness", "timeliness", "blocked by"),
    ),
}
UNIT_HEADS = {
    Language.ZH: ("单位", "支部", "任务", "已办结", "逾期", "办结率"),
    Language.EN: ("unit", "branches", "assignments", "done", "overdue", "completeness"),
}


def progress_page(standing: CampaignStanding, language: Language, zone: ZoneInfo) -> str:
    """Write the page: a table of windows, then one of units, the one furthest behind first; instants in `zone`."""
    windows = [_window_row(window, language, zone) for window in standing.windows]
    behind = sorted(standing.units, key=lambda unit: (completeness(unit.tally) or 0.0, unit.unit))
    units = [_unit_row(unit, language) for unit in behind]
    return "\n".join(
        [
            f"# {standing.campaign}",
            "",
            _summary(standing, language, zone),
            "",
            *_table(WINDOW_HEADS[language], windows),
            "",
            *_table(UNIT_HEADS[language], units),
        ]
    )


def _summary(standing: CampaignStanding, language: Language, zone: ZoneInfo) -> str:
    at = _say_instant(standing.at, zone)
    branches, members = say_number(standing.branches), say_number(standing.members)
    sent, planned = (say_number(standing.notices[status]) for status in (NoticeStatus.SENT, NoticeStatus.PLANNED))
    if language is Language.ZH:
        return f"{at}：{branches} 个支部，{members} 人；通知已发 {sent} 条，待发 {planned} 条。"
    return f"{at}: {branches} branches, {members} members; {sent} notices sent, {planned} planned."


def _window_row(window: WindowStanding, language: Language, zone: ZoneInfo) -> Row:
    tally = window.tally
    return (
        window.stage,
        window.wave,
        window_status_text(window.status, language),
        _say_instant(window.opens, zone),
        _say_instant(window.closes, zone),
        say_number(tally.total),
        say_number(tally.done),
        say_number(overdue(tally)),
        say_share(completeness(tally), language),
        say_share(timeliness(tally), language),
        "; ".join(blocker_text(blocker, language) for blocker in window.blockers),
    )


def _unit_row(unit: UnitStanding, language: Language) -> Row:
    tally = unit.tally
    return (
        unit.name,
        say_number(unit.branches),
        say_number(tally.total),
        say_number(tally.done),
        say_number(overdue(tally)),
        say_share(completeness(tally), language),
    )


def _table(heads: Row, rows: Iterable[Row]) -> list[str]:
    return [_line(heads), _line(["---"] * len(heads)), *map(_line, rows)]


def _line(cells: Row) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _say_instant(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"
