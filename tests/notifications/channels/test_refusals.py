"""A refusal in a 200 answer is a refusal: what each service's numbers mean, and what is left open."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from actions.house import House
from config.vocabulary import DeliveryStatus, NoticeStatus, Outcome
from flows.delivery import delivery
from notifications.channels.opening import open_channel
from tests.notifications.channels.robots import FIVE, MESSAGE, a_peer, send
from tests.notifications.factories import (
    MORNING,
    own_notices,
    read_attempts,
    read_deliveries,
    read_notice,
    set_channel,
)
from tests.peers.provider import Provider
from tests.peers.server import LOOPBACK, Answer

WECOM = [
    (-1, "system busy", Outcome.TEMPORARY, False),
    (45009, "api freq out of limit", Outcome.THROTTLED, False),
    (45033, "api concurrent out of limit", Outcome.THROTTLED, False),
    (40001, "invalid credential", Outcome.PERMANENT, True),
    (40013, "invalid corpid", Outcome.PERMANENT, True),
    (93000, "invalid webhook url", Outcome.PERMANENT, True),
    (93004, "robot is disabled", Outcome.PERMANENT, True),
    (40058, "markdown.content exceed max length 4096", Outcome.PERMANENT, False),
    (45002, "content size out of limit", Outcome.PERMANENT, False),
    (44004, "empty content", Outcome.PERMANENT, False),
    (99999, "a number of later days", Outcome.PERMANENT, False),
]
APP = [
    (40014, "invalid access_token", Outcome.PERMANENT, True),
    (42001, "access_token expired", Outcome.TEMPORARY, False),
    (40003, "invalid userid", Outcome.PERMANENT, True),
    (40056, "invalid agentid", Outcome.PERMANENT, True),
    (60020, "not allow to access from your ip", Outcome.PERMANENT, True),
    (81013, "user & party & tag all invalid", Outcome.PERMANENT, True),
    (301002, "no permission to access the agent", Outcome.PERMANENT, True),
]
DINGTALK = [
    (-1, "系统繁忙", Outcome.TEMPORARY, False),
    (130101, "send too fast, exceed 20 times per minute", Outcome.THROTTLED, False),
    (302033, "send too fast, exceed 20 times per minute", Outcome.THROTTLED, False),
    (410100, "发送速度太快而限流", Outcome.THROTTLED, False),
    (310000, "Send too fast", Outcome.THROTTLED, False),
    (88, "ding talk error[subcode=90018,submsg=当前接口的所有请求都被暂时禁用了]", Outcome.THROTTLED, False),
    (88, "ding talk error[subcode=40014,submsg=不合法的access_token]", Outcome.PERMANENT, False),
    (300001, "token is not exist", Outcome.PERMANENT, True),
    (400101, "access_token不存在", Outcome.PERMANENT, True),
    (400102, "机器人已停用", Outcome.PERMANENT, True),
    (310000, "sign not match", Outcome.PERMANENT, True),
    (
        310000,
        "description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳都放在网址中",
        Outcome.PERMANENT,
        True,
    ),
    (310000, "keywords not in content", Outcome.PERMANENT, True),
    (310000, "ip 203.0.113.7 not in whitelist", Outcome.PERMANENT, True),
    (310000, "invalid timestamp", Outcome.TEMPORARY, False),
    (310000, "description:机器人发送签名过期;solution:签名生成时间", Outcome.TEMPORARY, False),
    (430101, "unsafe link", Outcome.PERMANENT, False),
    (430104, "unsafe content", Outcome.PERMANENT, False),
    (460101, "message too long, exceed 20000 bytes", Outcome.PERMANENT, False),
]
FEISHU = [
    (-1, "internal error", Outcome.TEMPORARY, False),
    (11232, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]", Outcome.THROTTLED, False),
    (9499, "too many request", Outcome.THROTTLED, False),
    (99991400, "request trigger frequency limit", Outcome.THROTTLED, False),
    (19001, "param invalid: incoming webhook access token invalid", Outcome.PERMANENT, True),
    (19021, "sign match fail or timestamp is not within one hour from current time", Outcome.PERMANENT, True),
    (19022, "Ip Not Allowed", Outcome.PERMANENT, True),
    (19024, "Key Words Not Found", Outcome.PERMANENT, True),
    (9499, "Bad Request", Outcome.PERMANENT, False),
    (19002, "params error, msg_type need", Outcome.PERMANENT, False),
]
TABLES = {"wecombot": WECOM, "wechat": WECOM + APP, "dingtalk": DINGTALK, "feishu": FEISHU, "lark": FEISHU}


@pytest.mark.parametrize(
    ("service", "code", "words", "outcome", "is_channel_dead"),
    [(service, *case) for service, table in TABLES.items() for case in table],
)
def test_a_number_in_a_200_answer_is_what_became_of_the_message(
    service: str, code: int, words: str, outcome: Outcome, is_channel_dead: bool
) -> None:
    with a_peer(service) as peer:
        peer.fail_next(code, f"{words},\n hint: [1]", times=2)
        verdict = send(peer)
    assert (verdict.outcome, verdict.is_channel_dead) == (outcome, is_channel_dead), verdict
    name = "code" if service in ("feishu", "lark") else "errcode"
    assert verdict.detail == f"{name} {code}: {words}, hint: [1]"
    assert peer.accepted == []


def test_a_robot_of_dingtalk_is_left_alone_as_long_as_it_is_kept_quiet() -> None:
    with a_peer("dingtalk") as peer:
        verdicts = [send(peer) for _ in range(21)]
    assert [verdict.outcome for verdict in verdicts[19:]] == [Outcome.ACCEPTED, Outcome.THROTTLED]
    assert verdicts[20].retry_after == timedelta(minutes=10)


@pytest.mark.parametrize(("service", "most"), [("wecombot", 20), ("feishu", 5), ("lark", 5)])
def test_one_message_too_many_is_throttled(service: str, most: int) -> None:
    with a_peer(service) as peer:
        verdicts = [send(peer) for _ in range(most + 1)]
    assert [verdict.outcome for verdict in verdicts[most - 1 :]] == [Outcome.ACCEPTED, Outcome.THROTTLED]
    assert len(peer.accepted) == most


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, b"<html>welcome</html>"), Outcome.AMBIGUOUS),
        (Answer(200, b""), Outcome.AMBIGUOUS),
        (Answer(200, b"\xff\xfe"), Outcome.AMBIGUOUS),
        (Answer.of({}), Outcome.AMBIGUOUS),
        (Answer.of([0]), Outcome.AMBIGUOUS),
        (Answer.of({"errcode": "0", "code": "0"}), Outcome.AMBIGUOUS),
        (Answer.of({"errcode": False, "code": False}), Outcome.AMBIGUOUS),
        (Answer.of({"errcode": None, "code": None}), Outcome.AMBIGUOUS),
        (Answer(hang_up=True), Outcome.AMBIGUOUS),
        (Answer.of({"errcode": 0, "code": 0}, 502), Outcome.AMBIGUOUS),
        (Answer.of({"errcode": 0, "code": 0}, 400), Outcome.PERMANENT),
        (Answer.of({"errcode": -1, "code": -1}, 400), Outcome.TEMPORARY),
        (Answer(503), Outcome.TEMPORARY),
        (Answer(429, headers={"Retry-After": "7"}), Outcome.THROTTLED),
        (Answer(302, headers={"Location": "http://127.0.0.2/"}), Outcome.PERMANENT),
        (Answer(404), Outcome.PERMANENT),
    ],
)
@pytest.mark.parametrize("service", FIVE)
def test_an_answer_that_says_no_number_is_judged_by_what_it_is(service: str, answer: Answer, outcome: Outcome) -> None:
    with a_peer(service) as peer:
        peer.answer_next(answer)
        verdict = send(peer)
    assert verdict.outcome is outcome, verdict


def test_an_older_answer_of_feishu_is_understood() -> None:
    with a_peer("feishu") as peer:
        peer.answer_next(Answer.of({"Extra": None, "StatusCode": 0, "StatusMessage": "success"}))
        assert send(peer).outcome is Outcome.ACCEPTED


def _secrets(peer: Provider) -> list[str]:
    found = [getattr(peer, name, None) for name in ("key", "token", "secret")]
    plain = [secret for secret in found if secret]
    return plain + [quote(secret, safe="") for secret in plain]


@pytest.mark.parametrize("status", [200, 400, 403, 502])
@pytest.mark.parametrize("form", ["{}", "x{}", '{{"errcode": 1, "code": 1, "errmsg": "{}", "msg": "{}"}}'])
@pytest.mark.parametrize("service", FIVE)
def test_no_secret_is_in_the_providers_words(service: str, form: str, status: int) -> None:
    with a_peer(service) as peer:
        send(peer)  # by now an app has its token
        secrets = _secrets(peer)
        for written in (secrets, [secret.replace("/", "\\/") for secret in secrets], map(str.upper, secrets)):
            # Where words are cut, half of a secret must not be left either.
            for filler in ("", "." * 380):
                said = filler + " ".join(written)
                peer.answer_next(Answer(status, form.format(said, said).encode()))
                detail = send(peer).detail.lower()
                assert detail
                for secret in secrets:
                    assert secret.lower()[:9] not in detail, detail


@pytest.mark.parametrize("service", FIVE)
def test_nobody_there_means_not_sent(service: str) -> None:
    with a_peer(service) as peer:
        sender = open_channel(peer.url, peer.site(Path("/nowhere")))
    assert sender.send(MESSAGE).outcome is Outcome.TEMPORARY


def _at_peer(house: House, peer: Provider) -> House:
    settings = house.settings.model_copy(update={"networks": (LOOPBACK,), "endpoints": dict([peer.endpoint])})
    return House(settings, house.engine, house.seal)


@pytest.mark.parametrize("service", FIVE)
def test_the_outbox_records_a_refusal_as_a_refusal(house: House, service: str) -> None:
    with FIVE[service](lambda: MORNING) as peer:
        set_channel(house, "OU1-1", peer.url)
        set_channel(house, "OU1-2", peer.url)
        first, second = own_notices(house, 2)
        peer.fail_next(40001, "no such robot")
        delivery(_at_peer(house, peer), lambda: MORNING)
    notices = {read_notice(house, notice).status for notice in (first, second)}
    assert notices == {NoticeStatus.SENT, NoticeStatus.DEAD}
    tries = [read_attempts(house, notice)[0] for notice in (first, second)]
    assert {made.outcome for made in tries} == {Outcome.ACCEPTED, Outcome.PERMANENT}
    assert any("40001: no such robot" in (made.detail or "") for made in tries)
    statuses = {read_deliveries(house, notice)[0].status for notice in (first, second)}
    assert statuses == {DeliveryStatus.SENT, DeliveryStatus.DEAD}
    assert len(peer.accepted) == 1


def test_payloads_are_json_as_providers_read_it() -> None:
    with a_peer("wecombot") as peer:
        send(peer)
    (request,) = peer.asked
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(request.body)["markdown"]["content"] == MESSAGE.body
    assert "第一支部" in request.body.decode()
