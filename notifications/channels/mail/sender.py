"""`mailto://` and `mailtos://`: mail through a server of the user's, one recipient a channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notifications.channels.mail.address import MailRoute, read_mail_address
from notifications.channels.mail.connection import connection_to
from notifications.channels.mail.message import compose
from notifications.channels.message import Message, Verdict
from notifications.channels.site import Network, Site
from notifications.channels.wire.network import check_host


@dataclass(frozen=True, slots=True)
class MailSender:
    """Mail to one recipient, over the connection that all mail of the account goes over."""

    service: str
    route: MailRoute
    networks: tuple[Network, ...]

    @property
    def account(self) -> str:
        """The login at the server."""
        return self.route.account.name

    def send(self, message: Message) -> Verdict:
        """Send one mail; a repeat is the same mail to the last byte, with the same Message-ID."""
        letter = compose(message, self.route)
        return connection_to(self.route.account, self.networks).send(letter)

    def check(self) -> None:
        """Raise Forbidden when the server may not be reached."""
        check_host(self.route.account.host, self.route.account.port, self.networks)


def open_mail(scheme: str, site: Site, parts: Mapping[str, Any]) -> MailSender:
    """Open an address of mail; Refusal when it does not say one way for a mail."""
    return MailSender(scheme, read_mail_address(scheme, parts), site.networks)
