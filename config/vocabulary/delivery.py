"""Notices and their deliveries, and the channels that these go by."""

from enum import StrEnum


class ChannelStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class OnDoubt(StrEnum):
    """What becomes of a message of which nobody knows whether it arrived: it goes again, or waits for a person."""

    REPEAT = "repeat"
    HOLD = "hold"


class Dialect(StrEnum):
    """The form that a service takes a message in."""

    TEXT = "text"
    SHORT = "short"
    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


class NoticeKind(StrEnum):
    """A digest gathers what one person is told on one day; that an extension was granted is told apart."""

    DIGEST = "digest"
    EXTENSION = "extension"


class NoticeStatus(StrEnum):
    """Planned takes further lines; from sending on, what comes later goes to the next send day."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Section(StrEnum):
    """The part of a notice that a line stands in: work, by whom the reader is to the branch, and what else there is."""

    OWN = "own"
    GROUP = "group"
    COORDINATOR = "coordinator"
    ANNOUNCEMENT = "announcement"
    CHANNEL = "channel"


class DropReason(StrEnum):
    """Why a line planned was taken off before it was sent."""

    DONE = "done"
    WAIVED = "waived"
    SOLVED = "solved"
    EXTENDED = "extended"
    FROZEN = "frozen"
    REASSIGNED = "reassigned"
    SILENCED = "silenced"
    CLOSED = "closed"
    REACHABLE = "reachable"


class DeliveryStatus(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    HELD = "held"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What a provider's answer to one send means for the delivery."""

    ACCEPTED = "accepted"
    THROTTLED = "throttled"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    AMBIGUOUS = "ambiguous"
