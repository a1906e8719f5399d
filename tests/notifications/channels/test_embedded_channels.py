"""The embedded services: a folder of messages and the log."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from config.vocabulary import Outcome
from notifications.channels.message import Message
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from tests.factories import at

MESSAGE = Message(
    key="rollcall-17",
    to="联络员， 张三",
    subject="3 项工作已逾期，1 项即将到期：保定市学习实践活动" * 2,
    body="张三，您好！\n\n· 清苑县第一支部：现状调查\n" + "长" * 400 + "\n",
    dated=at("2009-09-16 08:30"),
)

FULL = """
import resource, signal, sys
from pathlib import Path
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from tests.notifications.channels.test_embedded_channels import MESSAGE

home = Path(sys.argv[1])
sender = open_channel("log://", Site(home))
assert sender.send(MESSAGE).outcome == "accepted"
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ((home / "messages.log").stat().st_size + 20, -1))
assert sender.send(MESSAGE).outcome == "temporary"
"""
"""Sends two messages where the disk has room for one and the beginning of another."""


def _read(file: Path) -> EmailMessage:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("person", ["张三", "zhang-san"])
def test_a_file_is_a_mail_that_a_client_opens(tmp_path: Path, person: str) -> None:
    verdict = open_channel(f"folder://{person}", Site(tmp_path)).send(MESSAGE)
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.receipt == f"messages/{person}/rollcall-17.eml"
    mail = _read(tmp_path / verdict.receipt)
    assert not mail.defects
    assert mail["Subject"] == MESSAGE.subject
    assert mail["To"].addresses[0].display_name == MESSAGE.to
    assert mail["Date"].datetime == MESSAGE.dated
    assert mail["Message-ID"] == "<rollcall-17@rollcall.invalid>"
    assert mail.get_content() == MESSAGE.body


def test_headers_are_ascii_in_short_lines(tmp_path: Path) -> None:
    open_channel("folder://a", Site(tmp_path)).send(MESSAGE)
    head = (tmp_path / "messages/a/rollcall-17.eml").read_bytes().partition(b"\n\n")[0]
    assert head.isascii()
    assert max(map(len, head.splitlines())) <= 78


def test_no_name_or_subject_adds_a_header(tmp_path: Path) -> None:
    evil = replace(MESSAGE, to="x\nBcc: all@example.com", subject="y\r\n\r\nbody")
    open_channel("folder://a", Site(tmp_path)).send(evil)
    mail = _read(tmp_path / "messages/a/rollcall-17.eml")
    assert mail["Bcc"] is None
    assert mail["Subject"] == "y body"
    assert mail.get_content() == MESSAGE.body


def test_a_repeat_leaves_one_file(tmp_path: Path) -> None:
    sender = open_channel("folder://a", Site(tmp_path))
    sender.send(MESSAGE)
    before = (tmp_path / "messages/a/rollcall-17.eml").read_bytes()
    sender.send(MESSAGE)
    assert [file.name for file in (tmp_path / "messages/a").iterdir()] == ["rollcall-17.eml"]
    assert (tmp_path / "messages/a/rollcall-17.eml").read_bytes() == before


def test_what_a_crash_left_half_written_is_no_message_and_does_not_stay(tmp_path: Path) -> None:
    folder = tmp_path / "messages/a"
    folder.mkdir(parents=True)
    (folder / ".rollcall-17.eml.part").write_text("From: Roll")
    open_channel("folder://a", Site(tmp_path)).send(MESSAGE)
    assert [file.name for file in folder.iterdir()] == ["rollcall-17.eml"]


@pytest.mark.parametrize("address", ["folder://a", "log://"])
def test_a_home_that_cannot_be_written_is_tried_again(tmp_path: Path, address: str) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    verdict = open_channel(address, Site(home)).send(MESSAGE)
    assert verdict.outcome is Outcome.TEMPORARY
    assert str(home) in verdict.detail


def test_the_log_has_one_line_of_json_for_each_message(tmp_path: Path) -> None:
    sender = open_channel("log://", Site(tmp_path))
    assert sender.send(MESSAGE).outcome is Outcome.ACCEPTED
    sender.send(replace(MESSAGE, key="rollcall-18"))
    first, second = (tmp_path / "messages.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == {
        "key": "rollcall-17",
        "to": MESSAGE.to,
        "subject": MESSAGE.subject,
        "body": MESSAGE.body,
        "dated": "2009-09-16T00:30:00+00:00",
    }
    assert json.loads(second)["key"] == "rollcall-18"
    assert MESSAGE.to in first


def test_lines_of_several_senders_do_not_mix(tmp_path: Path) -> None:
    messages = [replace(MESSAGE, key=f"rollcall-{number}") for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_channel("log://", Site(tmp_path)).send, messages))
    lines = (tmp_path / "messages.log").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["key"] for line in lines) == sorted(message.key for message in messages)


@pytest.mark.parametrize("whole", ["", '{"key": "rollcall-16"}\n'])
@pytest.mark.parametrize("length", [1, 4_096, 10_000])
def test_half_a_line_that_a_crash_left_spoils_no_other(tmp_path: Path, whole: str, length: int) -> None:
    log = tmp_path / "messages.log"
    log.write_text(whole + '{"key": "rollcall-17", "to": "'.ljust(length, "x")[:length])
    open_channel("log://", Site(tmp_path)).send(MESSAGE)
    *before, last = log.read_text(encoding="utf-8").splitlines(keepends=True)
    assert before == ([whole] if whole else [])
    assert json.loads(last)["key"] == MESSAGE.key


def test_a_disk_that_takes_half_a_line_takes_none(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", FULL, tmp_path], check=True)
    (line,) = (tmp_path / "messages.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["key"] == MESSAGE.key


@pytest.mark.skipif(os.name != "posix", reason="access rights are POSIX's")
def test_only_the_owner_reads_messages(tmp_path: Path) -> None:
    open_channel("folder://a", Site(tmp_path / "home")).send(MESSAGE)
    open_channel("log://", Site(tmp_path / "home")).send(MESSAGE)
    assert (tmp_path / "home/messages").stat().st_mode & 0o077 == 0
    assert (tmp_path / "home/messages.log").stat().st_mode & 0o077 == 0
