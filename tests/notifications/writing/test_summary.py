"""The report at the end of a campaign."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from config.definition.text import Text
from config.vocabulary import BlockerKind, FigureKind, Language, WindowStatus
from notifications.writing.summary import (
    CampaignSummary,
    FigureTotal,
    NoticeTotals,
    Override,
    UnitSummary,
    WindowSummary,
    render_summary,
)
from rules.gates import Blocker
from rules.progress import Tally

STUDY = Text(zh="学习", en="Study")
TRAIN = Text(zh="培训骨干", en="Train the key staff")
TALLY = Tally(total=703, done=650, in_time=600, waived=3, due=700, due_done=650, due_in_time=600)
SUMMARY = CampaignSummary(
    title=Text(zh="试点", en="Trial"),
    first_day=date(2009, 9, 7),
    last_day=date(2010, 1, 15),
    written_on=date(2010, 1, 25),
    branches=703,
    members=9905,
    windows=(
        WindowSummary(
            stage=STUDY,
            wave=Text(zh="试点", en="pilot"),
            status=WindowStatus.CLOSED,
            first_day=date(2009, 9, 28),
            last_day=date(2009, 11, 3),
            closed_on=date(2009, 11, 4),
            tally=TALLY,
            blockers=(Blocker(BlockerKind.SHARE_DONE, 650, 665), Blocker(BlockerKind.APPROVAL, 0, 1)),
        ),
        WindowSummary(
            stage=Text(zh="整改", en="Fix"),
            wave=Text.same("main"),
            status=WindowStatus.HELD,
            first_day=date(2009, 12, 1),
            last_day=date(2010, 1, 15),
            closed_on=None,
            tally=Tally(),
        ),
    ),
    figures=(
        FigureTotal(STUDY, TRAIN, Text(zh="培训人次", en="people trained"), FigureKind.COUNT, 2109),
        FigureTotal(STUDY, TRAIN, Text(zh="经费", en="cost"), FigureKind.AMOUNT, Decimal("12345.05")),
    ),
    units=(UnitSummary("清苑县|*一*", 13, TALLY),),
    problems_found=1320,
    problems_solved=894,
    notices=NoticeTotals(sent=15_000, cancelled=42, dead=1),
    overrides=(Override("study/pilot", date(2009, 11, 4), "王五", "学期结束\n| 提前"),),
)


@pytest.mark.parametrize(
    "line",
    [
        "# 试点：总结",
        "- 时间：2009年9月7日至2010年1月15日",
        "- 参加：703 个支部，9,905 人",
        "- 办结率 92.9%，及时率 85.7%",
        "- 问题：查出 1,320 个，已解决 894 个（67.7%）",
        "- 提醒：已发 15,000 份，因情况变化取消 42 份，待人工处理 1 份",
        "| 学习 | 试点 | 已结束 | 2009年9月28日 | 2009年11月3日 | 2009年11月4日 | 703 | 650 | 3 | 92.9% | 85.7% |",
        "| 整改 | main | 到期未结束 | 2009年12月1日 | 2010年1月15日 | — | 0 | 0 | 0 | — | — |",
        "- 学习（试点）：已办结 650 项，须办结 665 项；尚未批准",
        r"| study/pilot | 2009年11月4日 | 王五 | 学期结束 \| 提前 |",
        "| 学习 | 培训骨干 | 培训人次 | 2,109 |",
        "| 学习 | 培训骨干 | 经费 | 12,345.05 |",
        r"| 清苑县\|\*一\* | 13 | 703 | 650 | 50 | 92.9% | 85.7% |",
    ],
)
def test_in_chinese(line: str) -> None:
    assert line in render_summary(SUMMARY, Language.ZH).splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "# Trial: summary",
        "- Taking part: 703 branches, 9,905 members",
        "- Tasks: 703, 650 of them done, 3 waived, 50 overdue",
        "- Problems: 1,320 found, 894 solved (67.7 %)",
        "- Study (pilot): 650 tasks done, 665 needed; not approved yet",
        "| Study | Train the key staff | cost | 12,345.05 |",
    ],
)
def test_in_english(line: str) -> None:
    assert line in render_summary(SUMMARY, Language.EN).splitlines()


@pytest.mark.parametrize("language", Language)
def test_every_table_is_whole(language: Language) -> None:
    lines = render_summary(SUMMARY, language).splitlines()
    cells = [line.replace(r"\|", "").count("|") if line.startswith("|") else 0 for line in lines]
    for above, below in pairwise(cells):
        assert above == below or 0 in (above, below)


@pytest.mark.parametrize("language", Language)
def test_what_did_not_happen_has_no_heading(language: Language) -> None:
    bare = CampaignSummary(
        *(Text.same("x"), date(2009, 9, 7), date(2009, 9, 7), date(2009, 9, 7), 0, 0),
        windows=(),
        figures=(),
        units=(),
        problems_found=0,
        problems_solved=0,
        notices=NoticeTotals(),
    )
    assert sum(line.startswith("## ") for line in render_summary(bare, language).splitlines()) == 2
