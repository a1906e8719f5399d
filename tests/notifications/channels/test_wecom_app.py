"""WeCom's app: its token is asked for once and renewed in time, and taken is not received."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from config.vocabulary import Outcome
from notifications.channels.message import account_refused
from tests.notifications.channels.robots import MESSAGE, NOON, a_peer, send
from tests.peers.provider import Refused
from tests.peers.server import Answer
from tests.peers.wecom import WecomAppPeer, a_wecom_app


def test_all_channels_of_an_app_share_one_token() -> None:
    with a_wecom_app(lambda: NOON) as peer:
        urls = [peer.url_to(f"@{name}") for name in ("zhangsan", "lisi", "wangwu")]
        outcomes = {send(peer, url=url).outcome for url in urls * 2}
    assert outcomes == {Outcome.ACCEPTED}
    assert peer.tokens_given == 1


def test_many_threads_ask_for_one_token() -> None:
    start = Barrier(8)

    def send_one(number: int) -> Outcome:
        start.wait()
        return send(peer, body=f"第{number}条").outcome

    with a_wecom_app(lambda: NOON) as peer, ThreadPoolExecutor(8) as pool:
        peer.pause = 0.02
        outcomes = set(pool.map(send_one, range(8)))
    assert outcomes == {Outcome.ACCEPTED}
    assert (peer.tokens_given, len(peer.accepted)) == (1, 8)


def test_a_token_is_renewed_when_its_life_is_over() -> None:
    with a_wecom_app(lambda: NOON) as peer:
        peer.life = 0  # no sooner given than over, by our clock; by the peer's, which stands, not before the next
        peer.token_until = NOON + timedelta(hours=1)
        peer.token = "token"
        assert [send(peer).outcome for _ in range(3)] == [Outcome.ACCEPTED] * 3
    assert peer.tokens_given == 3


def test_a_token_that_was_withdrawn_is_renewed_and_the_message_arrives_once() -> None:
    with a_wecom_app(lambda: NOON) as peer:
        send(peer, body="first")
        peer.withdraw_token()
        assert send(peer, body="second").outcome is Outcome.ACCEPTED
        assert send(peer, body="third").outcome is Outcome.ACCEPTED
    assert peer.texts == ["first", "second", "third"]
    assert peer.tokens_given == 2


def test_a_token_that_has_expired_is_renewed() -> None:
    now = NOON
    with a_wecom_app(lambda: now) as peer:
        send(peer, body="first")
        now += timedelta(hours=3)  # by the peer's clock alone: ours has not moved
        assert send(peer, body="second").outcome is Outcome.ACCEPTED
    assert peer.texts == ["first", "second"]


@pytest.mark.parametrize(
    ("code", "outcome", "is_channel_dead"),
    [(40014, Outcome.PERMANENT, True), (42001, Outcome.TEMPORARY, False)],
)
def test_a_new_token_is_tried_once(code: int, outcome: Outcome, is_channel_dead: bool) -> None:
    with a_wecom_app(lambda: NOON) as peer:
        peer.fail_next(code, "the token again", times=9)
        verdict = send(peer)
    assert (verdict.outcome, verdict.is_channel_dead) == (outcome, is_channel_dead)
    assert len(peer.asked) == 4  # a token and a message, twice


@pytest.mark.parametrize(
    ("refusal", "outcome", "is_channel_dead"),
    [
        (Refused(40001, "invalid credential"), Outcome.TEMPORARY, False),
        (Refused(40013, "invalid corpid"), Outcome.TEMPORARY, False),
        (Refused(-1, "system busy"), Outcome.TEMPORARY, False),
        (Refused(45009, "api freq out of limit"), Outcome.THROTTLED, False),
    ],
)
def test_without_a_token_nothing_is_sent(refusal: Refused, outcome: Outcome, is_channel_dead: bool) -> None:
    with a_wecom_app(lambda: NOON) as peer:
        peer.token_refusal = refusal
        verdict = send(peer)
        assert (verdict.outcome, verdict.is_channel_dead) == (outcome, is_channel_dead)
        assert verdict.detail == f"no token: errcode {refusal.code}: {refusal.words}"
        peer.token_refusal = None
        assert send(peer).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "answer",
    [
        Answer(hang_up=True),
        Answer(502),
        Answer(200, b"<html>"),
        Answer.of({"errcode": 0, "errmsg": "ok"}),
        Answer.of({"errcode": 0, "errmsg": "ok", "access_token": "", "expires_in": 7200}),
    ],
)
def test_a_question_for_a_token_leaves_no_doubt_about_the_message(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WecomAppPeer, "preparations", frozenset())
    with a_wecom_app(lambda: NOON) as peer:
        peer.answer_next(answer)
        verdict = send(peer)
    assert verdict.outcome is Outcome.TEMPORARY
    assert verdict.detail.startswith("no token: ")
    assert len(peer.asked) == 1


def test_the_wrong_secret_lets_the_app_rest_and_is_not_told() -> None:
    with a_wecom_app(lambda: NOON) as peer:
        verdict = send(peer, url=peer.url.replace("app%2Fsecret", "wrong%2Fsecret"))
    assert verdict == account_refused(verdict.detail)
    assert "40001: invalid credential …," in verdict.detail


@pytest.mark.parametrize(
    ("targets", "says"),
    [
        (["@ZhangSan"], {"touser": "ZhangSan"}),
        (["zhangsan", "@lisi"], {"touser": "lisi|zhangsan"}),
        (["#2"], {"toparty": "2"}),
        (["+7"], {"totag": "7"}),
        (["@lisi", "#2", "+7"], {"touser": "lisi", "toparty": "2", "totag": "7"}),
    ],
)
def test_recipients_are_members_departments_and_tags(targets: list[str], says: dict[str, str]) -> None:
    with a_wecom_app(lambda: NOON) as peer:
        assert send(peer, url=peer.url_to(*targets)).outcome is Outcome.ACCEPTED
    payload = peer.accepted[0].payload
    assert {name: payload[name] for name in ("touser", "toparty", "totag") if name in payload} == says


def test_a_recipient_that_is_not_there_is_named_where_others_are_reached() -> None:
    with a_wecom_app(lambda: NOON) as peer:
        verdict = send(peer, url=peer.url_to("@lisi", "@NoBody", "#9"))
    assert (verdict.outcome, verdict.receipt) == (Outcome.ACCEPTED, "msg-1")
    assert verdict.detail == "errcode 0: ok, but not for party 9, user nobody"


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (["@NoBody"], {"invaliduser": "nobody"}),
        (["@NoBody"], {"unlicenseduser": "nobody"}),
        (["@a", "@b"], {"invaliduser": "a", "unlicenseduser": "b"}),
        (["#9"], {"invalidparty": "9"}),
        (["+9", "@a"], {"invaliduser": "a", "invalidtag": "9", "invalidparty": ""}),
    ],
)
def test_an_answer_that_went_well_and_reached_nobody_is_a_dead_channel(
    targets: list[str], said: dict[str, str]
) -> None:
    with a_wecom_app(lambda: NOON) as peer:
        peer.answer_next(Answer.of({"errcode": 0, "errmsg": "ok", "msgid": "m", **said}))
        verdict = send(peer, url=peer.url_to(*targets))
    assert (verdict.outcome, verdict.is_channel_dead) == (Outcome.PERMANENT, True)
    assert verdict.detail == "errcode 0: ok, but nobody was reached"


def test_a_department_is_no_member_of_the_same_number() -> None:
    with a_wecom_app(lambda: NOON) as peer:
        peer.answer_next(Answer.of({"errcode": 0, "errmsg": "ok", "msgid": "m", "invalidparty": "9"}))
        verdict = send(peer, url=peer.url_to("@9"))
    assert verdict.outcome is Outcome.ACCEPTED


def test_the_instant_of_the_try_is_nothing_to_it() -> None:
    with a_peer("wechat") as peer:
        assert send(peer, replace(MESSAGE, sent_at=None)).outcome is Outcome.ACCEPTED
