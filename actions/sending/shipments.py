"""Make claimed parcels ready, so that nothing but the call is left to do, and hand them over."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from actions.house import House
from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Sender, Verdict
from notifications.channels.opening import open_channel
from notifications.channels.wire.masking import masked, secrets_of
from notifications.outbox.claim import Parcel
from notifications.writing.cleaning import one_line


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel with its channel open; or, where it cannot be opened, with the verdict on that."""

    delivery_id: int
    account_id: int | None
    message: Message
    sender: Sender | Verdict
    secrets: tuple[str, ...] = field(repr=False)

    def hand_over(self, now: datetime) -> Verdict:
        """Send the message; whatever happens becomes a verdict that can be stored, with no secret of the address."""
        return masked(_legible(self._send(now)), self.secrets)

    def _send(self, now: datetime) -> Verdict:
        if isinstance(self.sender, Verdict):
            return self.sender
        try:
            return self.sender.send(replace(self.message, sent_at=now))
        except Exception as error:  # noqa: BLE001 - whatever it was, the message may have left
            return Verdict(Outcome.AMBIGUOUS, f"the sender failed: {type(error).__name__}")


def make_ready(house: House, parcel: Parcel) -> Shipment:
    """Open the channel of a parcel; nothing is connected to yet."""
    try:
        address = house.seal.open(parcel.address)
    except Refusal as refusal:
        sender: Sender | Verdict = Verdict(Outcome.TEMPORARY, str(refusal))
        return Shipment(parcel.delivery_id, parcel.account_id, parcel.message, sender, ())
    try:
        sender = open_channel(address, house.site)
    except Refusal as refusal:
        sender = Verdict(Outcome.PERMANENT, str(refusal))
    return Shipment(parcel.delivery_id, parcel.account_id, parcel.message, sender, secrets_of(address))


def _legible(verdict: Verdict) -> Verdict:
    """Take out of a provider's words what no terminal is to be shown, and no database takes: NUL, half characters."""
    return verdict.reworded(one_line)
