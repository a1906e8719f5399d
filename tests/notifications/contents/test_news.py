"""What a notice tells beside work that is due, in both languages: openings, lost channels, later last days."""

from dataclasses import replace
from datetime import date

import pytest

from config.vocabulary import Dialect, Language
from notifications.contents.digest import BranchCount, CampaignPart, Digest, Rest, UnitCount, Watch
from notifications.contents.entry import Entry
from notifications.contents.news import Announcement, CheckItem, ExtensionTold, LostChannel
from notifications.writing.messages import render_digest, render_extension, render_notice
from notifications.writing.words import Words
from tests.notifications.digests import LINK, TODAY, speaking

ZH, EN = Language.ZH, Language.EN
LATE = Entry("甲支部", "摸底", date(2009, 9, 18), 3)
OPENING = Announcement(
    stage="动员部署",
    first_day=date(2009, 9, 7),
    last_day=date(2009, 9, 24),
    wave="pilot",
    guidance=("先学后做。", "材料见 https://rollcall.example/guide.html 。"),
    check_points=("是否召开动员会", "是否登记党员"),
    tasks=(CheckItem("摸底", date(2009, 9, 14)), CheckItem("培训", None)),
    is_own=True,
)
BRIEF = Announcement("学习调研", date(2009, 9, 27), date(2009, 10, 30))
LOST = LostChannel("李四", "wecombot", "invalid webhook url")
WATCH = Watch((UnitCount("雄县", (BranchCount("戊支部", 1, 1, 1),)),))


def _digest(*parts: CampaignPart, language: Language = ZH, channels: tuple[LostChannel, ...] = ()) -> Digest:
    return Digest("张三", language, TODAY, parts, channels)


@pytest.mark.parametrize(
    ("parts", "channels", "zh", "en"),
    [
        ([CampaignPart("试点", announcements=(BRIEF,))], 0, "“学习调研”阶段已开始：试点", "学习调研 has opened: 试点"),
        ([CampaignPart("试点", announcements=(BRIEF, BRIEF))], 0, "2 个阶段已开始：试点", "2 stages have opened: 试点"),
        (
            [CampaignPart("试点", own=(LATE,), announcements=(BRIEF,))],
            1,
            "1 项工作已逾期，“学习调研”阶段已开始：试点",
            "1 late, 学习调研 has opened: 试点",
        ),
        (
            [
                CampaignPart("试点", coordinator=WATCH, announcements=(BRIEF,)),
                CampaignPart("季报", announcements=(BRIEF,)),
            ],
            0,
            "1 个支部有 1 项工作需要督促，2 个阶段已开始：试点等 2 项活动",
            "1 branch with 1 task to chase, 2 stages have opened: 试点 and 1 other campaign",
        ),
        ([], 1, "1 个联系渠道已停用", "1 channel was given up"),
        ([], 3, "3 个联系渠道已停用", "3 channels were given up"),
    ],
)
def test_the_subject_tells_what_it_is_about(parts: list[CampaignPart], channels: int, zh: str, en: str) -> None:
    lost = (LOST,) * channels
    assert render_digest(_digest(*parts, channels=lost)).subject == zh
    assert render_digest(_digest(*parts, language=EN, channels=lost)).subject == en


def test_an_opening_in_chinese() -> None:
    assert (
        render_digest(_digest(CampaignPart("试点", announcements=(OPENING, BRIEF)))).body
        == """张三，您好！

【试点】

“动员部署”阶段已开始（批次 pilot）：2009年9月7日（星期一）至2009年9月24日（星期四）

先学后做。

材料见 https://rollcall.example/guide.html 。

检查组将查看：
· 是否召开动员会
· 是否登记党员

任务清单：
· 摸底，截止 2009年9月14日（星期一）
· 培训

“学习调研”阶段已开始：2009年9月27日（星期日）至2009年10月30日（星期五）

----
如何答复：工作办结后，请在 Rollcall 中登记（命令 rollcall task done），或告知活动协调员代为登记。登记后不再提醒。
本消息写于 2009年9月21日（星期一），由 Rollcall 自动发出。
"""
    )


def test_an_opening_in_english_for_somebody_without_branches_in_it() -> None:
    assert (
        render_digest(_digest(CampaignPart("Trial", announcements=(BRIEF,)), language=EN)).body
        == """Dear 张三,

== Trial ==

学习调研 has opened: Sunday 27 September 2009 to Friday 30 October 2009

----
Written on Monday 21 September 2009 and sent by Rollcall.
"""
    )
    body = render_digest(_digest(CampaignPart("Trial", announcements=(OPENING,)), language=EN)).body
    assert (
        """(wave pilot): Monday 7 September 2009 to Thursday 24 September 2009

先学后做。

材料见 https://rollcall.example/guide.html 。

What a visiting group looks at:
* 是否召开动员会
* 是否登记党员

Check list:
* 摸底, due on Monday 14 September 2009
* 培训

----
How to answer: """
        in body
    )


def test_guidance_brings_no_structure_of_its_own() -> None:
    opening = Announcement(
        "学习调研", TODAY, TODAY, guidance=("一\x01heading\x02二\n# 三",), check_points=("\x03s四\x02",)
    )
    body = render_digest(_digest(CampaignPart("试点", announcements=(opening,)))).body
    assert {"一heading二 # 三", "· s四"} <= set(body.splitlines())


def test_long_guidance_is_cut_and_long_lists_are_counted() -> None:
    opening = Announcement(
        "学习调研", TODAY, TODAY, guidance=("长" * 4_000,), tasks=tuple(CheckItem(f"任务{n}", TODAY) for n in range(90))
    )
    digest = _digest(CampaignPart("试点", announcements=(opening,)))
    body = render_digest(digest, speaking(Dialect.WECOM, 4_096), LINK).body
    assert len(body.encode()) <= 4_096
    assert "长" * 499 + "…\n" in body
    assert "……另有 75 项未列出，见文末链接" in body
    assert LINK in body


def test_a_lost_channel_is_told_of_outside_the_campaigns() -> None:
    parts = [CampaignPart("试点", own=(LATE,))]
    zh = render_digest(_digest(*parts, channels=(LOST,))).body
    assert (
        """已逾期 3 天

已停用的联系渠道：
· 已无法通过 wecombot 联系李四：invalid webhook url

Rollcall 不再使用这些渠道，详情见命令 rollcall channel list。请为其联络人补充可用的渠道。

----
如何答复："""
        in zh
    )
    last = LostChannel("王五", "folder", "left", is_reached=False)
    assert "· 已无法通过 folder 联系王五，也没有其他可用渠道：left" in render_digest(_digest(channels=(last,))).body
    en = render_digest(_digest(language=EN, channels=(LostChannel("Li", "mailto", ""), last))).body
    assert (
        en
        == """Dear 张三,

Channels given up:
* Li is no longer reached through mailto
* 王五 is no longer reached through folder, nor through any other channel: left

They are disabled; see `rollcall channel list`, and add a channel that works.

----
Written on Monday 21 September 2009 and sent by Rollcall.
"""
    )


def test_whom_nothing_reaches_is_told_with_what_to_do() -> None:
    zh = render_digest(Digest("张三", ZH, TODAY, (), unreached=("李四", "王五")))
    assert zh.subject == "2 人没有可用的联系渠道"
    assert (
        zh.body
        == """张三，您好！

以下人员没有可用的联系渠道，收不到任何提醒：
· 李四
· 王五

应告知他们的事项无人收到。请用命令 rollcall channel add 补充渠道，名单见 rollcall officer list --unreached。

----
本消息写于 2009年9月21日（星期一），由 Rollcall 自动发出。
"""
    )
    en = render_digest(Digest("Zhang", EN, TODAY, (), unreached=("Li",) * 40), speaking(Dialect.TEXT, 500))
    assert en.subject == "40 officers have no active channel"
    assert "Reached by nothing, since they have no active channel:\n* Li\n" in en.body
    listed = en.body.count("* Li\n")
    assert f"... and {40 - listed} more\n" in en.body
    assert "`rollcall channel add`; see `rollcall officer list --unreached`." in en.body
    one = render_digest(Digest("Zhang", EN, TODAY, (), unreached=("Li",)))
    assert one.subject == "1 officer has no active channel"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (ZH, "· 甲支部（代李四）：摸底，截止 2009年9月18日（星期五），已逾期 3 天"),
        (EN, "* 甲支部 (for 李四): 摸底, was due on Friday 18 September 2009, 3 days late"),
    ],
)
def test_a_deputy_reads_for_whom(language: Language, says: str) -> None:
    entry = Entry("甲支部", "摸底", date(2009, 9, 18), 3, in_place_of="李四")
    assert says in render_digest(_digest(CampaignPart("试点", own=(entry,)), language=language)).body.splitlines()


@pytest.mark.parametrize(
    ("language", "own", "both"),
    [
        (ZH, "此外您还有 4 项工作未办结。", "此外您自己的支部还有 4 项工作未办结。"),
        (EN, "Besides, you have 4 open.", "Besides, your own branches have 4 open."),
    ],
)
def test_a_deputy_is_told_whose_open_work_is_counted(language: Language, own: str, both: str) -> None:
    for entries, says in (((LATE,), own), ((LATE, replace(LATE, in_place_of="李四")), both)):
        part = CampaignPart("试点", own=entries, own_rest=Rest(4))
        assert says in render_digest(_digest(part, language=language)).body.splitlines()


def _told(language: Language, count: int = 1) -> ExtensionTold:
    entry = Entry("甲支部", "摸底", date(2009, 10, 9), -18)
    return ExtensionTold("张三", language, TODAY, "试点", (entry,) * count, "防汛", "chen")


def test_an_extension_in_both_languages() -> None:
    words = render_extension(_told(ZH))
    assert words.subject == "1 项工作的截止日期已调整：试点"
    assert (
        words.body
        == """张三，您好！

【试点】

截止日期已调整：
· 甲支部：摸底，新的截止日期 2009年10月9日（星期五）

原因：防汛（批准人：chen）

----
如何答复：工作办结后，请在 Rollcall 中登记（命令 rollcall task done），或告知活动协调员代为登记。登记后不再提醒。
本消息写于 2009年9月21日（星期一），由 Rollcall 自动发出。
"""
    )
    words = render_extension(_told(EN, 2), link=LINK)
    assert words.subject == "New last day for 2 tasks: 试点"
    assert (
        """The last day was moved:
* 甲支部: 摸底, now due on Friday 9 October 2009
* 甲支部: 摸底, now due on Friday 9 October 2009

Reason: 防汛 (granted by chen)

----
"""
        f"Record what is done: {LINK}\n"
        "How to answer: open the link above" in words.body
    )


@pytest.mark.parametrize("dialect", Dialect)
def test_both_kinds_are_written_in_every_dialect_and_fit(dialect: Dialect) -> None:
    part = CampaignPart("试点", announcements=(OPENING,) * 9)
    for content in (_told(ZH, 99), _digest(part, channels=(LOST,) * 50)):
        for longest in (2_000, 100_000):
            words = render_notice(content, speaking(dialect, longest), LINK)
            assert isinstance(words, Words)
            assert len(words.body.encode()) <= longest
            assert len((words.html or "").encode()) <= longest
            assert dialect in {Dialect.MAIL, Dialect.SHORT} or LINK in words.body


HOSTILE = "<@all> [x](http://evil.example) **x**\n# x"


@pytest.mark.parametrize("dialect", [Dialect.WECOM, Dialect.DINGTALK, Dialect.FEISHU, Dialect.MAIL])
def test_what_people_write_is_only_text_in_the_new_parts_too(dialect: Dialect) -> None:
    entry = Entry(HOSTILE, HOSTILE, TODAY, 0, in_place_of=HOSTILE)
    opening = Announcement(
        HOSTILE, TODAY, TODAY, HOSTILE, (HOSTILE,), (HOSTILE,), (CheckItem(HOSTILE, TODAY),), is_own=True
    )
    for content in (
        _digest(CampaignPart(HOSTILE, (entry,), announcements=(opening,)), channels=(LostChannel(*[HOSTILE] * 3),)),
        Digest(HOSTILE, ZH, TODAY, (CampaignPart(HOSTILE, announcements=(opening,)),), unreached=(HOSTILE,)),
        ExtensionTold(HOSTILE, ZH, TODAY, HOSTILE, (entry,), HOSTILE, HOSTILE),
    ):
        words = render_notice(content, speaking(dialect))
        assert isinstance(words, Words)
        text = words.html or words.body
        assert not [part for part in ("<@", "</x", "\n# x") if part in text]
        assert dialect is Dialect.MAIL or not [part for part in ("[x]", "**x") if part in text]
        in_guidance_and_points = 2 if isinstance(content, Digest) else 0
        assert words.body.count("evil.example") == in_guidance_and_points
