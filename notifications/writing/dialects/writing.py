"""Write a composition in the dialect of a service."""

from config.vocabulary import Dialect, Language
from notifications.writing.dialects.chat import DINGTALK, WECOM
from notifications.writing.dialects.feishu import FEISHU
from notifications.writing.dialects.lines import LineDialect
from notifications.writing.dialects.mail import write_html
from notifications.writing.dialects.structure import Composition
from notifications.writing.dialects.text import TEXT
from notifications.writing.words import Words

CHATS = {Dialect.WECOM: WECOM, Dialect.DINGTALK: DINGTALK, Dialect.FEISHU: FEISHU}


def write(composition: Composition, dialect: Dialect, language: Language) -> Words:
    """Write a message; as short text it has no form of its own and is plain."""
    lines: LineDialect = CHATS.get(dialect) or TEXT[language]
    html = write_html(composition, language) if dialect is Dialect.MAIL else None
    return Words(composition.subject, lines.write(composition), html)
