"""The text of a digest, in both languages."""

from datetime import date

import pytest

from config.vocabulary import Language
from notifications.contents.digest import BranchCount, CampaignPart, Digest, Rest, UnitCount, Watch
from notifications.contents.entry import Entry
from notifications.writing.messages import render_digest

ZH, EN = Language.ZH, Language.EN
TODAY = date(2009, 9, 21)
LATE = Entry("甲支部", "摸底", date(2009, 9, 18), 3)
TODAYS = Entry("甲支部", "培训", TODAY, 0)
COMING = Entry("乙支部", "讲座", date(2009, 9, 24), -3)
PROBLEM = Entry("乙支部", "场地不足", date(2009, 9, 20), 1, number=12)
UNITS = (
    UnitCount("清苑县", (BranchCount("丙支部", 3, 2, 9), BranchCount("丁支部", 1, 0, 0))),
    UnitCount("雄县", (BranchCount("戊支部", 1, 1, 1),)),
)


def _digest(*parts: CampaignPart, language: Language = ZH) -> Digest:
    return Digest("张三", language, TODAY, parts)


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        (
            [CampaignPart("试点", own=(LATE, TODAYS, COMING))],
            "1 项工作已逾期，2 项即将到期：试点",
            "1 late, 2 coming due: 试点",
        ),
        ([CampaignPart("试点", own=(LATE, PROBLEM))], "2 项工作已逾期：试点", "2 late: 试点"),
        ([CampaignPart("试点", own=(COMING,))], "1 项即将到期：试点", "1 coming due: 试点"),
        (
            [CampaignPart("试点", group=Watch(UNITS))],
            "3 个支部有 5 项工作需要督促：试点",
            "3 branches with 5 tasks to chase: 试点",
        ),
        (
            [CampaignPart("试点", own=(LATE,)), CampaignPart("季报", own=(LATE,))],
            "2 项工作已逾期：试点等 2 项活动",
            "2 late: 试点 and 1 other campaign",
        ),
    ],
    ids=["late and coming", "late", "coming", "watched", "two campaigns"],
)
def test_the_subject_tells_what_it_is_about(parts: list[CampaignPart], zh: str, en: str) -> None:
    assert render_digest(_digest(*parts)).subject == zh
    assert render_digest(_digest(*parts, language=EN)).subject == en


def test_own_work_is_listed_with_its_day_and_how_late_it_is() -> None:
    part = CampaignPart("试点", own=(LATE, PROBLEM, TODAYS, COMING), own_rest=Rest(15, 2))
    assert (
        render_digest(_digest(part)).body
        == """张三，您好！

【试点】

已逾期：
· 甲支部：摸底，截止 2009年9月18日（星期五），已逾期 3 天
· 乙支部：第 12 号问题“场地不足”，截止 2009年9月20日（星期日），已逾期 1 天

即将到期：
· 甲支部：培训，截止 2009年9月21日（星期一），今天是最后一天
· 乙支部：讲座，截止 2009年9月24日（星期四），还有 3 天

此外您还有 15 项工作未办结，其中 2 项已逾期。

----
如何答复：工作办结后，请在 Rollcall 中登记（命令 rollcall task done），或告知活动协调员代为登记。登记后不再提醒。
本消息写于 2009年9月21日（星期一），由 Rollcall 自动发出。
"""
    )


def test_own_work_in_english() -> None:
    part = CampaignPart("Trial", own=(LATE, PROBLEM, TODAYS, COMING), own_rest=Rest(15, 2))
    assert (
        render_digest(_digest(part, language=EN)).body
        == """Dear 张三,

== Trial ==

Late:
* 甲支部: 摸底, was due on Friday 18 September 2009, 3 days late
* 乙支部: problem 12, "场地不足", was due on Sunday 20 September 2009, 1 day late

Coming due:
* 甲支部: 培训, due on Monday 21 September 2009, today is the last day
* 乙支部: 讲座, due on Thursday 24 September 2009, 3 days left

Besides, you have 15 open, 2 of them late.

----
How to answer: record in Rollcall what is done (command: rollcall task done), or tell
the campaign's coordinator, who records it for you. What is recorded is not reminded of
again.
Written on Monday 21 September 2009 and sent by Rollcall.
"""
    )


def test_a_group_reads_branch_by_branch_and_a_coordinator_unit_by_unit() -> None:
    watch = Watch(UNITS, Rest(1300, 12))
    group = render_digest(_digest(CampaignPart("试点", group=watch))).body
    assert (
        """您所指导的支部：
· 清苑县：2 个支部，4 项，其中逾期 2 项，最久 9 天
  - 丙支部：3 项，逾期 2 项，最久 9 天
  - 丁支部：1 项
· 雄县：1 个支部，1 项，其中逾期 1 项，最久 1 天
  - 戊支部：1 项，逾期 1 项，最久 1 天

此外还有 1,300 项工作未办结，其中 12 项已逾期。
"""
        in group
    )
    coordinator = render_digest(_digest(CampaignPart("Trial", coordinator=watch), language=EN)).body
    assert (
        """By unit:
* 清苑县: 2 branches, 4 tasks, 2 late, the oldest by 9 days
* 雄县: 1 branch, 1 task, 1 late, the oldest by 1 day

Besides, 1,300 tasks are open, 12 of them late.
"""
        in coordinator
    )


@pytest.mark.parametrize(
    ("part", "shown", "more"),
    [
        (CampaignPart("试点", own=(LATE,) * 300), 30, "……另有 270 项未列出"),
        (CampaignPart("试点", own=(LATE,) * 31), 31, None),
        (
            CampaignPart("试点", group=Watch((UnitCount("县", (BranchCount("支部", 1, 1, 1),) * 25),))),
            11,
            "……另有 15 个支部",
        ),
        (CampaignPart("试点", coordinator=Watch(UNITS[1:] * 3128)), 40, "……另有 3088 个单位"),
    ],
    ids=["own", "one too many is shown", "branches", "units"],
)
def test_a_long_digest_shows_the_first_rows_and_how_many_more(part: CampaignPart, shown: int, more: str | None) -> None:
    body = render_digest(_digest(part)).body
    rows = [line for line in body.splitlines() if line.lstrip().startswith(("· ", "- "))]
    assert len(rows) == shown
    assert (more is None and "另有" not in body) or (more is not None and more in body)
    assert len(body) < 4_000


@pytest.mark.parametrize(
    ("language", "to_group", "to_coordinator"),
    [
        (ZH, "已办结的，可告知活动协调员代为登记。", "已办结的，您可以代为登记（命令 rollcall task done）。"),
        (
            EN,
            "already, the campaign's coordinator can record.",
            "already, you can record for them (command: rollcall task done).",
        ),
    ],
)
def test_a_coordinator_is_not_sent_to_the_coordinator(language: Language, to_group: str, to_coordinator: str) -> None:
    watch = Watch(UNITS)
    for part, says, says_not in (
        (CampaignPart("试点", group=watch), to_group, to_coordinator),
        (CampaignPart("试点", coordinator=watch), to_coordinator, to_group),
        (CampaignPart("试点", group=watch, coordinator=watch), to_coordinator, to_group),
    ):
        body = render_digest(_digest(part, language=language)).body
        assert says in body
        assert says_not not in body


def test_a_long_list_puts_what_is_late_first() -> None:
    body = render_digest(_digest(CampaignPart("试点", own=(LATE,) * 40 + (COMING,) * 5))).body
    assert "已逾期" in body
    assert "即将到期" not in body


@pytest.mark.parametrize("language", Language)
def test_a_name_is_text_and_nothing_else(language: Language) -> None:
    name = "甲\n\n----\n{{ 7 * 7 }}\r\nBcc: all"
    part = CampaignPart(name, own=(Entry(name, name, TODAY, 0),))
    words = render_digest(Digest(name, language, TODAY, (part,)))
    assert words.body.count("\n----\n") == 1
    assert "甲 ---- {{ 7 * 7 }} Bcc: all" in words.body
    assert "\n" not in words.subject
    assert "\r" not in words.subject


def test_a_subject_of_any_length_fits() -> None:
    subject = render_digest(_digest(CampaignPart("长" * 1_000, own=(LATE,)))).subject
    assert len(subject) == 200
    assert subject.endswith("…")
