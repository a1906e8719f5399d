"""The pages as a child of serve, without Prefect."""

import signal
from contextlib import nullcontext
from pathlib import Path

import pytest

from config.errors import Refusal
from config.vocabulary import ServeRole
from serving.lock import only_one
from serving.stop import ASK_SECONDS
from tests.served import Served, kill, living, wait_until

LEAST_SECONDS = ASK_SECONDS / 2


def test_the_pages_alone_start_no_prefect_and_end_when_they_are_asked_to(pages: Served) -> None:
    assert pages.page("/login").status_code == 200
    group = pages.group()
    assert not [each for each in living() if each.group == group and "prefect" in each.command.lower()]
    pages.process.send_signal(signal.SIGTERM)
    assert pages.process.wait(LEAST_SECONDS) == 0
    assert not [each for each in living() if each.group == group]


def test_a_server_of_the_pages_that_dies_ends_serve_with_its_last_words(pages: Served) -> None:
    (pages.home / "logs" / "web-server.log").write_text("its last words\n")
    kill(pages.child("web.server"))
    assert pages.process.wait(30) == 1
    assert pages.has_said("the web server ended by itself (killed by SIGKILL)\n  its last words")


def test_pages_whose_serve_was_killed_do_not_stay(pages: Served) -> None:
    group = pages.group()
    pages.process.kill()
    wait_until(lambda: not [each for each in living() if each.group == group], "the end of them all")


@pytest.mark.parametrize(
    ("first", "second", "is_allowed"),
    [
        (ServeRole.WEB, ServeRole.ENGINE, True),
        (ServeRole.ENGINE, ServeRole.WEB, True),
        (ServeRole.WEB, ServeRole.WEB, False),
        (ServeRole.ENGINE, ServeRole.ALL, False),
        (ServeRole.ALL, ServeRole.WEB, False),
    ],
)
def test_a_home_is_served_once_in_each_role(
    tmp_path: Path, first: ServeRole, second: ServeRole, is_allowed: bool
) -> None:
    told = pytest.raises(Refusal, match="is being served already")
    with only_one(tmp_path, first), nullcontext() if is_allowed else told, only_one(tmp_path, second):
        assert is_allowed
    with only_one(tmp_path, second):
        pass  # nobody holds it any more
