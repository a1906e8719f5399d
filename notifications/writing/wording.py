"""How days, shares and the words of the vocabulary are said to people, in Chinese and in English."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from config.vocabulary import BlockerKind, FigureKind, Language, WindowStatus
from rules.gates import Blocker

WEEKDAYS = {
    Language.ZH: ("一", "二", "三", "四", "五", "六", "日"),
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
UNKNOWN = "—"


@lru_cache(maxsize=1_024)
def say_day(day: date, language: Language) -> str:
    """Say a day: `2009年9月18日` or `18 September 2009`."""
    if language is Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=1_024)
def say_weekday(day: date, language: Language) -> str:
    """Say a day with its weekday: `2009年9月18日（星期五）` or `Friday 18 September 2009`."""
    weekday = WEEKDAYS[language][day.weekday()]
    if language is Language.ZH:
        return f"{say_day(day, language)}（星期{weekday}）"
    return f"{weekday} {say_day(day, language)}"


def say_share(share: float | None, language: Language) -> str:
    """Say a share of 0 to 1 in percent with one decimal; a dash when nothing counts."""
    if share is None:
        return UNKNOWN
    return f"{share:.1%}" if language is Language.ZH else f"{share * 100:.1f} %"


def say_number(number: int) -> str:
    """Say a whole number: `14,060`."""
    return f"{number:,}"


def say_figure(value: int | Decimal, kind: FigureKind) -> str:
    """Say a figure: a count as a whole number, an amount with two decimals."""
    return f"{value:,.2f}" if kind is FigureKind.AMOUNT else f"{value:,}"


def say_counted(number: int, one: str, many: str) -> str:
    """Say how many of something there are, in English: `1 branch`, `12 branches`."""
    return f"{say_number(number)} {one if number == 1 else many}"


def blocker_text(blocker: Blocker, language: Language) -> str:
    """Say in one phrase what keeps a window from closing."""
    have, need = say_number(blocker.have), say_number(blocker.need)
    one = blocker.have == 1
    said: Mapping[BlockerKind, tuple[str, str]] = {
        BlockerKind.SHARE_DONE: (
            f"已办结 {have} 项，须办结 {need} 项",
            f"{have} {'task' if one else 'tasks'} done, {need} needed",
        ),
        BlockerKind.APPROVAL: (
            "尚未批准",
            "not approved yet",
        ),
        BlockerKind.NO_OFFICER: (
            f"{have} 个支部没有联络员",
            "1 branch has no liaison officer" if one else f"{have} branches have no liaison officer",
        ),
        BlockerKind.NO_CHANNEL: (
            f"{have} 个支部的联络员没有可用的联系渠道",
            "1 branch has a liaison officer whom no channel reaches"
            if one
            else f"{have} branches have a liaison officer whom no channel reaches",
        ),
        BlockerKind.NO_FINDING: (
            f"{have} 个支部既未登记问题，也未说明没有问题",
            "1 branch has neither recorded a problem nor said that there is none"
            if one
            else f"{have} branches have neither recorded a problem nor said that there is none",
        ),
        BlockerKind.PROBLEM_UNASSIGNED: (
            f"{have} 个问题没有责任人或整改期限",
            "1 problem has no owner or no date" if one else f"{have} problems have no owner or no date",
        ),
        BlockerKind.SHARE_SOLVED: (
            f"已解决 {have} 个问题，须解决 {need} 个",
            f"{have} {'problem' if one else 'problems'} solved, {need} needed",
        ),
    }
    zh, en = said[blocker.kind]
    return zh if language is Language.ZH else en


def window_status_text(status: WindowStatus, language: Language) -> str:
    """Say how a window stands."""
    said = {
        WindowStatus.PLANNED: ("未开始", "planned"),
        WindowStatus.OPEN: ("进行中", "open"),
        WindowStatus.HELD: ("到期未结束", "held"),
        WindowStatus.CLOSED: ("已结束", "closed"),
    }
    zh, en = said[status]
    return zh if language is Language.ZH else en
