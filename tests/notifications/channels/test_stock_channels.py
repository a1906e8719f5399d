"""Services that Apprise brings: sent to as they are, and taken at their word."""

from pathlib import Path

import pytest

from config.vocabulary import Outcome
from notifications.channels.message import Message
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from tests.factories import at
from tests.peers.form import a_form
from tests.peers.server import LOOPBACK

MESSAGE = Message("rollcall-17", "张三", "主题", "第一行\n第二行\n", at("2009-09-16 08:30"))


def test_a_message_arrives_as_it_was_written_and_is_not_called_verified(tmp_path: Path) -> None:
    with a_form() as form:
        verdict = open_channel(form.url, Site(tmp_path, (LOOPBACK,))).send(MESSAGE)
    assert (verdict.outcome, verdict.detail) == (Outcome.ACCEPTED, "acceptance not verified")
    assert [(post["title"], post["message"].strip()) for post in form.received] == [("主题", "第一行\n第二行")]


@pytest.mark.parametrize("status", [400, 429, 500])
def test_what_is_refused_may_have_arrived_for_all_that_apprise_says(tmp_path: Path, status: int) -> None:
    with a_form(status) as form:
        verdict = open_channel(form.url, Site(tmp_path, (LOOPBACK,))).send(MESSAGE)
    assert verdict.outcome is Outcome.AMBIGUOUS
    assert len(form.received) == 1


def test_what_was_read_and_not_answered_in_time_may_have_arrived(tmp_path: Path) -> None:
    with a_form(wait=1.0) as form:
        verdict = open_channel(f"{form.url}?rto=0.2", Site(tmp_path, (LOOPBACK,))).send(MESSAGE)
    assert verdict.outcome is Outcome.AMBIGUOUS
    assert len(form.received) == 1


def test_nobody_there_looks_the_same(tmp_path: Path) -> None:
    with a_form() as form:
        url = form.url
    assert open_channel(url, Site(tmp_path, (LOOPBACK,))).send(MESSAGE).outcome is Outcome.AMBIGUOUS
