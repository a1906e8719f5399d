"""The audit record as people read it: titles, words, days and numbers, in their language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from actions.complete import complete
from actions.extend import Request, extend
from actions.hand_over import hand_over
from actions.reading.events import EventState
from actions.reading.stored import say_stored
from actions.set_away import set_away
from actions.set_phone import set_phone
from actions.silence import Request as Silence
from actions.silence import silence
from config.definition.file import load_sent
from config.vocabulary import EventKind, Language
from models.event import Event
from notifications.channels.mail.connection import BUSY
from notifications.channels.stock import ACCEPTED, DOUBTFUL
from tests.factories import CAMPAIGN, SHANGHAI, answer, at
from tests.records import every
from tests.web.answering import BRANCH, a_link, words_of
from tests.web.sites import NOW, Site
from web.actors import say_actor
from web.differences import Difference
from web.facts import Facts
from web.labels import LABELS
from web.record import Record

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TRIAL = CAMPAIGN.replace("{code: pilot,", "{code: pilot, title: {zh: 先行, en: first}, ").replace(
    "figures: [members]", "figures: [{code: cost, kind: amount, title: {zh: 经费, en: cost}}]"
)


def record(language: Language) -> Record:
    return Record(Facts(language, SHANGHAI), {"trial": load_sent("trial.yaml", TRIAL.encode()).definition})


def event(
    kind: EventKind,
    subject: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> EventState:
    return EventState(1, NOW, "test", kind, "trial", None, None, subject, before or {}, after or {}, reason)


@pytest.mark.parametrize(
    ("subject", "zh", "en"),
    [
        ("mobilization/pilot", "动员部署 · 先行", "Mobilization · first"),
        ("U1-1 mobilization/survey", "U1-1 动员部署 · 摸底", "U1-1 Mobilization · Survey"),
        ("U1/mobilization/mobilization/survey", "U1 动员部署 · 摸底", "U1 Mobilization · Survey"),
        ("U1/mobilization/pilot/survey", "U1 动员部署 · 先行 · 摸底", "U1 Mobilization · first · Survey"),
        ("U1/study", "U1 学习调研", "U1 Study"),
        ("trial", "试点", "Trial"),
        ("user li", "账号 li", "user li"),
        ("notice 7", "通知 7", "notice 7"),
        ("U1-1 #3", "U1-1 #3", "U1-1 #3"),
        ("130622 study", "130622 学习调研", "130622 Study"),
        ("visits #3", "指导走访 #3", "Visits #3"),
        ("mobilization/gone", "动员部署 · gone", "Mobilization · gone"),
    ],
)
def test_what_an_event_is_about(subject: str, zh: str, en: str) -> None:
    about = event(EventKind.WINDOW_OPENED, subject)
    assert (record(Language.ZH).subject(about), record(Language.EN).subject(about)) == (zh, en)


@pytest.mark.parametrize(
    ("kind", "facts", "zh", "en"),
    [
        (EventKind.ASSIGNMENT_COMPLETED, {"status": "done"}, ("状态", "已办结"), ("Status", "done")),
        (EventKind.WINDOW_HELD, {"status": "held"}, ("状态", "暂缓结束"), ("Status", "held")),
        (
            EventKind.ASSIGNMENT_COMPLETED,
            {"figures": {"cost": 123456}},
            ("数据", "经费 1,234.56"),
            ("Figures", "cost 1,234.56"),
        ),
        (
            EventKind.WINDOW_HELD,
            {"blockers": [{"kind": "approval", "have": 0, "need": 1}]},
            ("未满足的条件", "尚未批准"),
            ("What blocks it", "not approved yet"),
        ),
        (
            EventKind.EXTENSION_ASKED,
            {"until": "2009-10-20"},
            ("截止日期", "2009年10月20日"),
            ("Last day of it", "Oct 20, 2009"),
        ),
        (
            EventKind.SILENCE_ADDED,
            {"ends_at": "2009-09-20 16:00:00+00:00"},
            ("结束", "2009年9月21日 00:00:00"),
            ("Ends", "Sep 21, 2009, 12:00:00\u202fAM"),
        ),
        (
            EventKind.PROBLEM_ASSIGNED,
            {"due_at": "2009-10-20 16:00:00+00:00"},
            ("最后期限", "2009年10月20日"),
            ("Last day", "Oct 20, 2009"),
        ),
        (EventKind.USER_ADDED, {"role": "officer"}, ("角色", "联络员"), ("Role", "officer")),
        (EventKind.USER_CHANGED, {"language": "zh"}, ("语言", "中文"), ("Language", "中文")),
        (EventKind.USER_CHANGED, {"password": "set"}, ("密码", "已重新设置"), ("Password", "set anew")),
        (EventKind.OFFICER_CHANGED, {"phone": "another"}, ("电话", "换了号码"), ("Telephone", "another one")),
        (EventKind.PACE_CHECKED, {"asked": 0.5}, ("应达进度", "50%"), ("Pace asked for", "50%")),
        (EventKind.EXTENSION_GRANTED, {"stages": ["study"]}, ("阶段", "学习调研"), ("Stage", "Study")),
        (EventKind.EXTENSION_GRANTED, {"moved": 1200}, ("顺延任务", "1,200"), ("Tasks moved", "1,200")),
        (
            EventKind.ASSIGNMENT_WAIVED,
            {"work": ["mobilization/survey"]},
            ("任务", "动员部署 · 摸底"),
            ("Tasks", "Mobilization · Survey"),
        ),
        (EventKind.USER_CHANGED, {"until": "never"}, ("截止日期", "never"), ("Last day of it", "never")),
    ],
)
def test_what_a_change_says(
    kind: EventKind, facts: Mapping[str, Any], zh: tuple[str, str], en: tuple[str, str]
) -> None:
    happened = event(kind, "U1-1 mobilization/survey", after=facts)
    for language, (what, after) in ((Language.ZH, zh), (Language.EN, en)):
        assert record(language).changes(happened) == (Difference(what, None, after),)


def test_what_stayed_is_no_change() -> None:
    before, after = {"status": "open", "note": "", "owner": "张"}, {"status": "done", "note": None, "owner": "张"}
    changes = record(Language.EN).changes(event(EventKind.ASSIGNMENT_COMPLETED, before=before, after=after))
    assert changes == (Difference("Status", "open", "done"),)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("the branch is no longer active", "支部已不在活动中"),
        ("done, extended", "已办结, 已延期"),
        ("the channel was disabled: HTTP 404 gone", "渠道已停用: HTTP 404 gone"),
        ("not reached: ConnectionRefusedError", "无法连接: ConnectionRefusedError"),
        ("done by hand", "done by hand"),
        ("Send", "Send"),
        (ACCEPTED.detail, "送达未核实"),
        (DOUBTFUL.detail, "被拒绝、未连上或没有答复：Apprise 不区分"),
        (BUSY.detail, "未尝试：与服务器的连接一直繁忙"),
    ],
)
def test_the_machines_own_reasons_are_said_and_peoples_are_left(reason: str, said: str) -> None:
    assert say_stored(reason, Language.ZH) == said
    assert say_stored(reason, Language.EN) == reason


@ONE
def test_everything_on_record_has_a_name_and_no_raw_instant(site: Site) -> None:
    house = site.house
    complete(house, "trial", [answer("U1-1", "survey")])
    silence(house, Silence(ends=at("2009-09-20 00:00"), reason="x", branch="U1-1"), actor="test", now=NOW)
    set_away(house, "OU1-1", "OU1-2", date(2009, 9, 15), date(2009, 9, 20), actor="test", now=NOW)
    set_phone(house, "OU1-1", "13800000000", actor="test", now=NOW)
    hand_over(house, "OU1-2", "OU1-3", actor="test", now=NOW)
    late = Request(date(2009, 10, 20), "flood", "U1-1", None, "mobilization", "mobilization/training")
    extend(house, "trial", late, actor="test", now=NOW)
    assert len(every(house, Event)) > 10
    with site.browser("coordinator") as browser:
        page = browser.get("/audit").text
    named = {words.split("</dt>")[0] for words in page.split("<dt>")[1:]}
    assert named <= set(LABELS.values())
    assert "+00:00" not in words_of(page)


@ONE
def test_the_history_of_a_branch_is_told_in_the_readers_language(visited: Site) -> None:
    complete(visited.house, "trial", [answer("U1-1", "survey")])
    with visited.browser() as browser:
        assert "办结任务 动员部署 · 摸底" in words_of(browser.get(a_link(visited) + BRANCH).text)


def test_an_entry_of_a_ledger_is_told_by_its_columns() -> None:
    before = {"day": "2009-09-15", "way": "lecture", "persons": 3}
    after = {"day": "2009-09-16", "way": "lecture", "persons": 1200}
    happened = event(EventKind.ENTRY_AMENDED, "visits #3", before, after)
    changes = {change.what: (change.before, change.after) for change in record(Language.ZH).changes(happened)}
    assert changes["人次"] == ("3", "1,200")
    assert ("2009年9月15日", "2009年9月16日") in changes.values()
    assert "方式" not in changes


@pytest.mark.parametrize(
    ("actor", "zh", "en"),
    [
        ("patrol", "巡查", "the patrol"),
        ("delivery", "发送程序", "the delivery"),
        ("link:OU1-1", "OU1-1（经链接）", "OU1-1, by link"),
        ("li", "li", "li"),
    ],
)
def test_who_it_was(actor: str, zh: str, en: str) -> None:
    assert (say_actor(actor, Language.ZH), say_actor(actor, Language.EN)) == (zh, en)


def test_the_figures_of_a_return_have_their_titles() -> None:
    happened = event(EventKind.RETURN_PASSED_ON, "130622 mobilization", after={"figures": {"cost": 5}, "version": 2})
    assert record(Language.EN).changes(happened) == (
        Difference("Figures", None, "cost 0.05"),
        Difference("Version", None, "2"),
    )
