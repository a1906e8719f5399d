"""What somebody sends who was never let in is not even read."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.web.sites import Site

LENGTH = 3_000_000
TASK = "/campaigns/trial/branches/U1-1/tasks/mobilization/survey"
SOON = 5.0
"""Seconds: far less than a body is waited for."""


def answer_to_a_head(site: Site, path: str, cookie: str = "") -> str:
    """What is answered to the head of a large form whose body never comes; nothing when its body is waited for."""
    place = urlsplit(site.address)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {LENGTH}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nCookie: {cookie}\r\n\r\n--x\r\n"
    )
    with socket.create_connection((place.hostname, place.port), timeout=SOON) as connection:
        connection.sendall(head.encode())
        try:
            return connection.recv(4096).decode()
        except TimeoutError:
            return ""


ANSWERS = "/campaigns/trial/answers"


@pytest.mark.parametrize(
    "path",
    [
        "/launch/check",
        "/launch",
        "/registry/check",
        "/people",
        f"{TASK}/evidence",
        f"{TASK}/complete",
        f"{ANSWERS}/check",
        ANSWERS,
    ],
)
@pytest.mark.parametrize("cookie", ["", "browser=made-up; login=made-up"], ids=["nobody", "a made-up cookie"])
def test_a_body_is_not_read_before_its_sender_is_known(untouched: Site, path: str, cookie: str) -> None:
    answer = answer_to_a_head(untouched, path, cookie)
    assert answer.startswith("HTTP/1.1 303")
    assert "location: /login\r\n" in answer


def test_a_browser_that_was_logged_in_is_waited_for(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        cookie = f"browser={browser.cookies['browser']}"
    assert answer_to_a_head(untouched, "/launch/check", cookie) == ""
