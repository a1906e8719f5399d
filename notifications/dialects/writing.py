"""Write a composition in the dialect of a service."""

from config.vocabulary import Dialect, Language
from notifications.dialects.chat import DINGTALK, WECOM
from notifications.dialects.feishu import FEISHU
from notifications.dialects.lines import LineDialect
from notifications.dialects.mail import write_html
from notifications.dialects.structure import Composition
from notifications.dialects.text import TEXT
from notifications.words import Words

CHATS = {Dialect.WECOM: WECOM, Dialect.DINGTALK: DINGTALK, Dialect.FEISHU: FEISHU}


def write(composition: Composition, dialect: Dialect, language: Language) -> Words:
    """Write a message; as short text it has no form of its own and is plain."""
    lines: LineDialect = CHATS.get(dialect) or TEXT[language]
    html = write_html(composition, language) if dialect is Dialect.MAIL else None
    return Words(composition.subject, lines.write(composition), html)
