"""One connection for each mail account, shared by all threads and messages of a process."""

import atexit
import re
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from time import monotonic

from config.vocabulary import Outcome
from notifications.channels.mail.address import MailAccount
from notifications.channels.mail.message import Letter
from notifications.channels.mail.session import Session, begin
from notifications.channels.mail.verdicts import GOODBYE, Reply, Step, accepted, refused
from notifications.channels.message import Verdict
from notifications.channels.site import Network
from notifications.channels.wire.masking import masked

MOST_LETTERS = 1_000
"""After how many mails to connect anew: many servers end a connection at a number of their own."""

IDLE_SECONDS = 30.0
TURN_SECONDS = 20.0
SEND_SECONDS = 35.0
"""How long to wait for a turn and for all answers to one mail: together less than a worker keeps for a call."""

DONE, GO_ON, REFUSING = range(200, 300), range(354, 355), range(400, 600)
"""Codes of answers, by what they say (RFC 5321, 4.2.1)."""

BUSY = Verdict(Outcome.TEMPORARY, "not tried: the connection to the server was busy all the time")
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Failure:
    """A connection that did not come about; who has waited for it since before `until` need not try again."""

    verdict: Verdict
    until: float


class _Gone(Exception):
    """The connection ended before the server had a mail; carries the verdict if there is no other one to try."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.detail)
        self.verdict = verdict


class MailConnection:
    """The connection of one account: opened at the first mail, opened anew when it is gone, old or long idle."""

    def __init__(self, account: MailAccount, networks: Iterable[Network]) -> None:
        self._account = account
        self._networks = tuple(networks)
        self._lock = Lock()
        self._session: Session | None = None
        self._failure: _Failure | None = None
        self._letters = 0
        self._used = 0.0

    def send(self, letter: Letter) -> Verdict:
        """Hand over one mail when it is its turn; what the server says is free of the account's password."""
        asked = monotonic()
        if not self._lock.acquire(timeout=TURN_SECONDS):
            return BUSY
        try:
            verdict = self._send(letter, asked)
        except BaseException:
            self._drop()  # nobody knows what was said last
            raise
        finally:
            self._used = monotonic()
            self._lock.release()
        user, password = self._account.user, self._account.password
        return masked(verdict, (password, f"\0{user}\0{password}")) if password else verdict

    def close(self, idle_for: float = 0.0) -> None:
        """Say goodbye to the server, unless a mail is on its way or one was within so many seconds."""
        if self._lock.acquire(blocking=False):
            try:
                if monotonic() - self._used >= idle_for:
                    self._leave()
            finally:
                self._lock.release()

    def _send(self, letter: Letter, asked: float) -> Verdict:
        if self._failure is not None and self._failure.until >= asked:
            return self._failure.verdict
        if self._letters >= MOST_LETTERS or monotonic() - self._used > IDLE_SECONDS:
            self._leave()
        deadline = monotonic() + SEND_SECONDS
        while True:
            is_new = self._session is None
            session = self._open(deadline)
            if isinstance(session, Verdict):
                return session
            session.deadline = deadline
            self._letters += 1
            try:
                return _hand_over(session, letter)
            except _Gone as gone:
                # One that was open may have been ended while nothing was said: a new one is worth a try.
                if is_new:
                    return gone.verdict
            finally:
                if session.sock is None:
                    self._session = None

    def _open(self, deadline: float) -> Session | Verdict:
        if self._session is not None:
            return self._session
        begun = begin(self._account, self._networks, deadline)
        if isinstance(begun, Verdict):
            rest = begun.retry_after or timedelta()
            self._failure = _Failure(begun, monotonic() + rest.total_seconds())
            return begun
        self._session, self._failure, self._letters = begun, None, 0
        return begun

    def _leave(self) -> None:
        if self._session is not None:
            self._session.leave()
            self._session = None

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _hand_over(session: Session, letter: Letter) -> Verdict:
    """Go through the steps of one mail (RFC 5321, 3.3).

    Raises _Gone, and closes, where the connection ends before the server can have all of the mail.
    """
    content = LEADING_DOT.sub(b"..", letter.content)
    size = f" SIZE={len(content)}" if session.has_extn("size") else ""
    try:
        for step, command, expected in (
            (Step.SENDER, f"MAIL FROM:<{letter.sender}>{size}", DONE),
            (Step.RECIPIENT, f"RCPT TO:<{letter.recipient}>", DONE),
            (Step.CONTENT, "DATA", GO_ON),
        ):
            reply = Reply.of(*session.docmd(command))
            if reply.code not in expected:
                return _give_way(session, step, reply)
        session.send(content + b".\r\n")
    except smtplib.SMTPException as error:
        session.close()
        words = f"the connection ended before the server had the mail: {error}"
        raise _Gone(Verdict(Outcome.TEMPORARY, words)) from error
    try:
        reply = Reply.of(*session.getreply())
    except smtplib.SMTPException as error:
        session.close()
        return Verdict(Outcome.AMBIGUOUS, f"no answer to the mail: {error}")
    if reply.code in DONE:
        return accepted(reply)
    if reply.code in REFUSING:
        return _give_way(session, Step.CONTENT, reply)
    session.close()
    return Verdict(Outcome.AMBIGUOUS, f"no answer that makes sense: {reply}")


def _give_way(session: Session, step: Step, reply: Reply) -> Verdict:
    """Judge a refusal, and leave the connection fit for the next mail.

    Raises _Gone where the server takes leave at the first step: it has had enough of the connection, not
    of the mail (RFC 5321, 3.8).
    """
    verdict = refused(step, reply)
    if reply.code not in REFUSING or reply.code == GOODBYE:
        session.close()
        if step is Step.SENDER:
            raise _Gone(verdict)
        return verdict
    try:
        session.rset()
    except smtplib.SMTPException:
        session.close()
    return verdict


_connections: dict[tuple[MailAccount, tuple[Network, ...]], MailConnection] = {}
_finding = Lock()


def connection_to(account: MailAccount, networks: Iterable[Network]) -> MailConnection:
    """Find the one connection of an account; those of others are closed when they have been idle for long."""
    key = (account, tuple(networks))
    with _finding:
        if key not in _connections:
            for other in _connections.values():
                other.close(IDLE_SECONDS)
            _connections[key] = MailConnection(*key)
        return _connections[key]


def close_connections() -> None:
    """Say goodbye to all servers; the next mail connects anew."""
    with _finding:
        for connection in _connections.values():
            connection.close()


atexit.register(close_connections)
