"""What is known of services before any of their addresses is opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.vocabulary import Dialect, OnDoubt


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages in any span of so many seconds."""

    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Service:
    """How a service is spoken to.

    `longest` is the most bytes of UTF-8 that it takes as a text. `on_doubt` is what an operator need not
    say: whether a message that may have arrived goes again. `is_verified` is False where nobody reads
    the provider's answer, so that accepted means no more than handed over.
    """

    on_doubt: OnDoubt
    dialect: Dialect
    longest: int
    rate: Rate | None = None
    is_verified: bool = True


STOCK = Service(OnDoubt.HOLD, Dialect.TEXT, 2_000, is_verified=False)
"""A service of Apprise's own: many cut at 2,000 characters, none says what the provider answered."""

FEISHU = Service(OnDoubt.HOLD, Dialect.FEISHU, 18_000, Rate(5, 3))
"""Feishu takes requests of 20 KB, 100 a minute and 5 a second. Within JSON a text is longer than by itself."""

MAIL = Service(OnDoubt.REPEAT, Dialect.MAIL, 1_000_000)
WEBHOOK = Service(OnDoubt.REPEAT, Dialect.TEXT, 1_000_000)

SMS = Service(OnDoubt.HOLD, Dialect.SHORT, 480)
"""Short messages: 160 Chinese characters, which go out, and are paid for, in three parts of 67 at most."""

SERVICES: Mapping[str, Service] = {
    "dingtalk": Service(OnDoubt.HOLD, Dialect.DINGTALK, 18_000, Rate(20, 60)),
    "feishu": FEISHU,
    "folder": Service(OnDoubt.REPEAT, Dialect.TEXT, 1_000_000),
    "json": WEBHOOK,
    "jsons": WEBHOOK,
    "lark": FEISHU,
    "log": Service(OnDoubt.REPEAT, Dialect.TEXT, 1_000_000),
    "mailto": MAIL,
    "mailtos": MAIL,
    "twilio": SMS,
    "wechat": Service(OnDoubt.HOLD, Dialect.WECOM, 2_048),
    "wecombot": Service(OnDoubt.HOLD, Dialect.WECOM, 4_096, Rate(20, 60)),
}


def service_called(name: str) -> Service:
    """Find a service by the scheme of its addresses; what is not one of ours is stock."""
    return SERVICES.get(name, STOCK)
