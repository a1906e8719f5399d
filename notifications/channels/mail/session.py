"""One conversation with a mail server: begun with a checked address, kept from being read, logged in."""

import smtplib
import socket
import ssl
from collections.abc import Iterable
from io import BufferedReader
from time import monotonic

from config.vocabulary import Outcome
from notifications.channels.mail.address import MailAccount, Security
from notifications.channels.mail.verdicts import Reply, Step, refused
from notifications.channels.message import Verdict, account_refused
from notifications.channels.site import Network
from notifications.channels.wire.network import Forbidden, connect, tls_context
from notifications.channels.wire.packets import Packets, time_left

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 20.0
FAREWELL_SECONDS = 2.0


class Session(smtplib.SMTP):
    """smtplib's own client, but for whom it connects to, and that all its answers are in by `deadline`.

    `deadline` is an instant of `time.monotonic`.
    """

    def __init__(self, account: MailAccount, networks: Iterable[Network], deadline: float) -> None:
        self.deadline = deadline
        self._account = account
        self._networks = networks
        # Some name to greet with has to be given: to find one by itself, smtplib asks name servers.
        super().__init__(account.host, account.port, local_hostname="localhost", timeout=ANSWER_SECONDS)
        assert self.sock is not None  # it has just been greeted
        self.local_hostname = _literal(self.sock)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # smtplib's one hook for the socket. By its own way it would look the host up again after the check.
        plain = connect(host, port, CONNECT_SECONDS, self._networks)
        plain.settimeout(timeout)
        if self._account.security is Security.SSL:
            return tls_context().wrap_socket(plain, server_hostname=host)
        return plain

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer, but not past the deadline, however slowly it comes."""
        if self.file is None and self.sock is not None:
            # smtplib's own file would wait for each packet anew.
            self.file = BufferedReader(Packets(self.sock, lambda: time_left(self.deadline, ANSWER_SECONDS)))
        return super().getreply()

    def leave(self) -> None:
        """Say goodbye, and close whatever is answered."""
        self.deadline = monotonic() + FAREWELL_SECONDS
        try:
            self.quit()
        except (smtplib.SMTPException, OSError):
            self.close()


def begin(account: MailAccount, networks: Iterable[Network], deadline: float) -> Session | Verdict:
    """Connect and log in; a verdict where that fails: nothing was sent then."""
    session: Session | None = None
    step = Step.GREETING
    try:
        session = Session(account, networks, deadline)
        session.ehlo_or_helo_if_needed()
        if account.security is Security.STARTTLS:
            session.starttls(context=tls_context())
            session.ehlo_or_helo_if_needed()
        step = Step.LOGIN
        if account.user and account.password:
            session.login(account.user, account.password)
    except (Forbidden, OSError) as error:
        if session is not None:
            session.close()
        return _failed(error, step)
    return session


def _failed(error: Forbidden | OSError, step: Step) -> Verdict:
    """Judge what went wrong before there was anything to send."""
    match error:
        case Forbidden():
            return account_refused(str(error))
        case ssl.SSLCertVerificationError():
            return account_refused(f"the server's certificate is not trusted: {error.verify_message}")
        case smtplib.SMTPException():
            return _refused_to_begin(error, step)
        case _:
            return _not_reached(error.strerror or type(error).__name__)


def _refused_to_begin(error: smtplib.SMTPException, step: Step) -> Verdict:
    match error:
        case smtplib.SMTPResponseException():
            return refused(step, Reply.of(error.smtp_code, error.smtp_error))
        case smtplib.SMTPServerDisconnected():
            return _not_reached(str(error))
        case _ if step is Step.GREETING:
            return account_refused("the server offers no STARTTLS; mode= says how it is spoken to")
        case _:
            return account_refused(f"cannot log in: {error}")


def _not_reached(words: str) -> Verdict:
    return Verdict(Outcome.TEMPORARY, f"not reached: {words}", is_account_down=True)


def _literal(connected: socket.socket) -> str:
    """Write this machine's own address the way a server is greeted with it (RFC 5321, 4.1.3)."""
    address = str(connected.getsockname()[0])
    return f"[IPv6:{address.partition('%')[0]}]" if ":" in address else f"[{address}]"
