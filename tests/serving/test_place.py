import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import Refusal
from config.settings import Settings
from serving.place import Place, find_place, find_web_port

LOOPBACK = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something listens on."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_that_was_set_and_is_taken_is_refused_in_one_line(tmp_path: Path, taken: int) -> None:
    with pytest.raises(Refusal, match=rf"^port {taken} on 127.0.0.1 is taken; set ROLLCALL_PREFECT_PORT .*$"):
        find_place(Settings(home=tmp_path, prefect_port=taken))


def test_a_port_for_the_pages_that_was_set_and_is_taken_is_refused(tmp_path: Path, taken: int) -> None:
    with pytest.raises(Refusal, match=rf"^port {taken} on 127.0.0.1 is taken; set ROLLCALL_WEB_PORT .*$"):
        find_web_port(Settings(home=tmp_path, web_port=taken))


def test_unless_a_port_was_set_the_next_free_one_is_taken(tmp_path: Path) -> None:
    customary = Settings(home=tmp_path).prefect_port
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind((LOOPBACK, customary))
            holder.listen()
        except OSError:
            pass  # another has it already, which is as good
        place = find_place(Settings(home=tmp_path))
    assert place.port is not None
    assert place.port > customary
    assert place.api_url == f"http://127.0.0.1:{place.port}/api"


def test_a_host_that_is_not_of_this_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^nothing can listen on 203\.0\.113\.1 .*ROLLCALL_PREFECT_HOST$"):
        find_place(Settings(home=tmp_path, prefect_host="203.0.113.1"))


def test_the_operators_own_server_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api/")
    assert find_place(Settings(home=tmp_path)) == Place("http://prefect.example/api", host="", port=None)


@pytest.mark.parametrize(("host", "called"), [("0.0.0.0", "127.0.0.1"), ("localhost", "localhost"), ("::1", "[::1]")])
def test_an_address_is_written_so_that_it_can_be_called(tmp_path: Path, host: str, called: str) -> None:
    place = find_place(Settings(home=tmp_path, prefect_host=host))
    assert place.host == host
    assert place.api_url == f"http://{called}:{place.port}/api"
