"""Days, numbers and reasons as people read them."""

from datetime import date
from decimal import Decimal

import pytest

from config.vocabulary import BlockerKind, FigureKind, Language, WindowStatus
from notifications.writing.wording import (
    blocker_text,
    say_counted,
    say_day,
    say_figure,
    say_share,
    say_weekday,
    window_status_text,
)
from rules.gates import Blocker

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2009, 9, 18), "2009年9月18日（星期五）", "Friday 18 September 2009"),
        (date(2026, 12, 6), "2026年12月6日（星期日）", "Sunday 6 December 2026"),
        (date(2010, 1, 4), "2010年1月4日（星期一）", "Monday 4 January 2010"),
    ],
)
def test_days(day: date, zh: str, en: str) -> None:
    assert (say_weekday(day, ZH), say_weekday(day, EN)) == (zh, en)
    assert say_day(day, ZH) in zh
    assert say_day(day, EN) in en


@pytest.mark.parametrize(
    ("share", "zh", "en"),
    [(None, "—", "—"), (0.0, "0.0%", "0.0 %"), (894 / 1320, "67.7%", "67.7 %"), (1.0, "100.0%", "100.0 %")],
)
def test_shares(share: float | None, zh: str, en: str) -> None:
    assert (say_share(share, ZH), say_share(share, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (2109, FigureKind.COUNT, "2,109"),
        (Decimal(0), FigureKind.AMOUNT, "0.00"),
        (Decimal("12345.05"), FigureKind.AMOUNT, "12,345.05"),
        (Decimal("-1.5"), FigureKind.AMOUNT, "-1.50"),
    ],
)
def test_figures(value: int | Decimal, kind: FigureKind, said: str) -> None:
    assert say_figure(value, kind) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 branches"), (1, "1 branch"), (1200, "1,200 branches")])
def test_counted(number: int, said: str) -> None:
    assert say_counted(number, "branch", "branches") == said


@pytest.mark.parametrize(
    ("blocker", "zh", "en"),
    [
        (Blocker(BlockerKind.SHARE_DONE, 650, 668), "已办结 650 项，须办结 668 项", "650 tasks done, 668 needed"),
        (Blocker(BlockerKind.APPROVAL, 0, 1), "尚未批准", "not approved yet"),
        (Blocker(BlockerKind.NO_OFFICER, 1, 0), "1 个支部没有联络员", "1 branch has no liaison officer"),
        (Blocker(BlockerKind.NO_OFFICER, 3, 0), "3 个支部没有联络员", "3 branches have no liaison officer"),
        (
            Blocker(BlockerKind.NO_CHANNEL, 2, 0),
            "2 个支部的联络员没有可用的联系渠道",
            "2 branches have a liaison officer whom no channel reaches",
        ),
        (
            Blocker(BlockerKind.NO_FINDING, 1, 0),
            "1 个支部既未登记问题，也未说明没有问题",
            "1 branch has neither recorded a problem nor said that there is none",
        ),
        (
            Blocker(BlockerKind.PROBLEM_UNASSIGNED, 5, 0),
            "5 个问题没有责任人或整改期限",
            "5 problems have no owner or no date",
        ),
        (
            Blocker(BlockerKind.SHARE_SOLVED, 894, 924),
            "已解决 894 个问题，须解决 924 个",
            "894 problems solved, 924 needed",
        ),
    ],
)
def test_blockers(blocker: Blocker, zh: str, en: str) -> None:
    assert (blocker_text(blocker, ZH), blocker_text(blocker, EN)) == (zh, en)


@pytest.mark.parametrize("language", Language)
def test_every_reason_and_status_is_said(language: Language) -> None:
    assert all(blocker_text(Blocker(kind, 2, 3), language) for kind in BlockerKind)
    assert len({window_status_text(status, language) for status in WindowStatus}) == len(WindowStatus)
