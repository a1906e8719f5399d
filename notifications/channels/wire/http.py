"""Speak HTTP to providers over pooled connections, and tell what is known to have failed from what may have arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from config.vocabulary import Outcome
from notifications.channels.message import Verdict, account_refused
from notifications.channels.site import Network
from notifications.channels.wire.connections import Origin, connection_to
from notifications.channels.wire.network import Forbidden

OK, REDIRECT, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, GONE = 200, 300, 401, 403, 404, 410
BAD, TIMED_OUT, EARLY, TOO_MANY, SERVER, UNAVAILABLE = 400, 408, 425, 429, 500, 503


@dataclass(frozen=True, slots=True)
class Reply:
    """A provider's answer; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def retry_after(self) -> timedelta | None:
        """How long the provider asks to be left alone (RFC 9110, 10.2.3): seconds, or a date held against its own."""
        asked = self.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdigit():
            return timedelta(seconds=min(int(asked), 86_400))
        try:
            wait = parsedate_to_datetime(asked) - parsedate_to_datetime(self.headers["date"])
        except (KeyError, ValueError, TypeError):
            return None
        return max(wait, timedelta())


def post(url: str, content: bytes, headers: Mapping[str, str], networks: Iterable[Network]) -> Reply | Verdict:
    """Post a body; return the answer, or a verdict where there was none.

    No redirect is followed. What failed before the request left is temporary, also where the address may not
    be reached; anything later is ambiguous.
    """
    return _request("POST", url, content, headers, networks)


def get(url: str, headers: Mapping[str, str], networks: Iterable[Network]) -> Reply | Verdict:
    """Get a page, such as a token; everything as for `post`."""
    return _request("GET", url, b"", headers, networks)


def verdict_on_status(reply: Reply) -> Verdict | None:
    """Judge an answer by its status alone; None when it is 2xx, and the body has to be read.

    A server's error may come after it has taken the message: only 503 says that it has not.
    """
    status, said = reply.status, words_of(reply)
    if OK <= status < REDIRECT:
        return None
    if status < BAD:
        return Verdict(Outcome.PERMANENT, f"HTTP {status}: redirects are not followed", is_channel_dead=True)
    if status in (TIMED_OUT, EARLY, TOO_MANY) or (status == UNAVAILABLE and reply.retry_after is not None):
        return Verdict(Outcome.THROTTLED, said, retry_after=reply.retry_after)
    if status == UNAVAILABLE:
        return Verdict(Outcome.TEMPORARY, said)
    if status >= SERVER:
        return Verdict(Outcome.AMBIGUOUS, said)
    is_dead = status in (UNAUTHORIZED, FORBIDDEN, NOT_FOUND, GONE)
    return Verdict(Outcome.PERMANENT, said, is_channel_dead=is_dead)


def words_of(reply: Reply) -> str:
    """Quote an answer in one line: its status, and how its body begins."""
    body = " ".join(reply.body[:400].decode(errors="replace").split())
    return f"HTTP {reply.status} {body}".rstrip()


def _request(
    method: str, url: str, content: bytes, headers: Mapping[str, str], networks: Iterable[Network]
) -> Reply | Verdict:
    asked = urlsplit(url)
    target = f"{asked.path or '/'}?{asked.query}" if asked.query else asked.path or "/"
    try:
        connection = connection_to(Origin(asked.scheme == "https", asked.hostname or "", asked.port, tuple(networks)))
    except Forbidden as refused:
        return account_refused(str(refused))
    except OSError as error:
        return Verdict(Outcome.TEMPORARY, f"not reached: {_name(error)}", is_account_down=True)
    try:
        answer, body = connection.ask(method, target, content, headers)
    except TimeoutError as error:
        return Verdict(Outcome.AMBIGUOUS, f"no answer: {_name(error)}", is_account_down=True)
    except (OSError, HTTPException) as error:
        return Verdict(Outcome.AMBIGUOUS, f"no answer: {_name(error)}")
    return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def _name(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
