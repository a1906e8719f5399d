"""What the five Chinese services are sent: the text as it was written, within their limits, over one connection."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from config.vocabulary import Dialect, OnDoubt, Outcome
from notifications.channels.opening import open_channel
from notifications.channels.services import SERVICES, Rate
from tests.notifications.channels.robots import FIVE, MESSAGE, a_peer, send

NOWHERE = Path("/nowhere")
WILD = '<@all> [x](https://example.org/?a=b&c)\t**b** "q" \\* \\n\n# 中文 — 😀 <at id=all></at>\u2028&lt;\n'


@pytest.mark.parametrize("service", FIVE)
def test_a_message_arrives_as_it_was_written(service: str) -> None:
    with a_peer(service) as peer:
        verdict = send(peer, body=WILD)
    assert verdict.outcome is Outcome.ACCEPTED, verdict
    assert peer.texts == [WILD]


@pytest.mark.parametrize(
    ("service", "detail", "receipt"),
    [
        ("wecombot", "errcode 0: ok", None),
        ("wechat", "errcode 0: ok", "msg-1"),
        ("dingtalk", "errcode 0: ok", None),
        ("feishu", "code 0: success", None),
        ("lark", "code 0: success", None),
    ],
)
def test_what_was_accepted_bears_the_providers_words_and_its_id(service: str, detail: str, receipt: str | None) -> None:
    with a_peer(service) as peer:
        verdict = send(peer)
    assert (verdict.detail, verdict.receipt) == (detail, receipt)


@pytest.mark.parametrize(
    ("service", "place"),
    [
        ("dingtalk", ("markdown", "title")),
        ("feishu", ("card", "header", "title", "content")),
        ("lark", ("card", "header", "title", "content")),
    ],
)
def test_the_subject_is_the_title_where_there_is_one(service: str, place: tuple[str, ...]) -> None:
    with a_peer(service) as peer:
        send(peer)
    found = peer.accepted[0].payload
    for step in place:
        found = found[step]
    assert found == MESSAGE.subject


@pytest.mark.parametrize("service", FIVE)
def test_several_messages_go_over_one_connection(service: str) -> None:
    with a_peer(service) as peer:
        outcomes = {send(peer, body=f"第{number}条").outcome for number in range(5)}
    assert outcomes == {Outcome.ACCEPTED}
    assert len(peer.accepted) == 5
    assert peer.connections == 1


@pytest.mark.parametrize("beginning", ["", "a", "ab"])
@pytest.mark.parametrize("service", FIVE)
def test_a_text_of_the_length_that_is_taken_is_not_cut(service: str, beginning: str) -> None:
    most = SERVICES[service].longest
    body = beginning + "长" * ((most - len(beginning)) // 3)
    assert len(body.encode()) > most - 3
    with a_peer(service) as peer:
        assert send(peer, body=body).outcome is Outcome.ACCEPTED
    assert peer.texts == [body]


@pytest.mark.parametrize("letters", ["长", "a长", '"\n', "😀"])
@pytest.mark.parametrize("service", FIVE)
def test_a_text_that_is_too_long_is_cut_between_characters_and_taken(service: str, letters: str) -> None:
    body = letters * 20_000
    with a_peer(service) as peer:
        verdict = send(peer, body=body)
    assert verdict.outcome is Outcome.ACCEPTED, verdict
    assert body.startswith(peer.texts[0])
    kept = peer.texts[0] if service in ("wecombot", "wechat") else json.dumps(peer.texts[0], ensure_ascii=False)
    assert len(kept.encode()) > SERVICES[service].longest - 4


@pytest.mark.parametrize("service", ["dingtalk", "feishu", "lark"])
def test_a_subject_that_is_too_long_is_cut_too(service: str) -> None:
    with a_peer(service) as peer:
        assert send(peer, replace(MESSAGE, subject="题" * 9_000), body="长" * 6_000).outcome is Outcome.ACCEPTED
    assert peer.texts == ["长" * 6_000]


@pytest.mark.parametrize(
    ("service", "dialect", "rate", "account"),
    [
        ("wecombot", Dialect.WECOM, Rate(20, 60), "5f0c7a52-91d0-4b1e-robot-key"),
        ("wechat", Dialect.WECOM, None, "ww5f0c7a5291d04b1e/1000002"),
        ("dingtalk", Dialect.DINGTALK, Rate(20, 60), "7d3aa9c1e0b84f55a1robottoken"),
        ("feishu", Dialect.FEISHU, Rate(5, 3), "5d0c7a52-91d0-4b1e-hook-token"),
        ("lark", Dialect.FEISHU, Rate(5, 3), "5d0c7a52-91d0-4b1e-hook-token"),
    ],
)
def test_what_is_known_of_each(service: str, dialect: Dialect, rate: Rate | None, account: str) -> None:
    known = SERVICES[service]
    assert (known.on_doubt, known.dialect, known.rate, known.is_verified) == (OnDoubt.HOLD, dialect, rate, True)
    with a_peer(service) as peer:
        assert open_channel(peer.url, peer.site(NOWHERE)).account == account
