"""Say in the reader's language why something happened, where the reason was written down by the machine itself."""

from actions.defer_notices import MERGED
from actions.registry.activity import LEFT, MOVED, RETURNED
from config.said import Said
from config.translation import say_word, translations
from config.vocabulary import DropReason, Language
from notifications.outbox.queue import NO_CHANNEL
from notifications.outbox.recover import STOPPED
from notifications.outbox.stranded import DISABLED

_SENDERS = (
    Said("written"),
    Said("acceptance not verified"),
    Said("refused, not reached or not answered: Apprise does not say which"),
    Said("not tried: the connection to the server was busy all the time"),
)
"""What senders of ours say; they are not asked for it, because their rooms are slow to enter."""
_BEGINNINGS = (DISABLED, Said("not reached"), Said("no answer"))
"""What is said before a colon; the words of a provider or of the network follow."""
_SENTENCES = frozenset({LEFT, MOVED, RETURNED, MERGED, NO_CHANNEL, STOPPED.detail, *_SENDERS, *_BEGINNINGS})
_DROPPED = {reason.value: reason for reason in DropReason}


def say_stored(reason: str, language: Language) -> str:
    """Say a stored reason; what a person or a provider wrote stays as it is."""
    gettext = translations(language).gettext
    if reason in _SENTENCES:
        return gettext(reason)
    if all(part in _DROPPED for part in reason.split(", ")):
        return ", ".join(say_word(_DROPPED[part], language) for part in reason.split(", "))
    beginning, colon, rest = reason.partition(": ")
    if colon and beginning in _BEGINNINGS:
        return f"{gettext(beginning)}: {say_stored(rest, language)}"
    return reason
