"""Who did something, as the audit record has it and as people say it."""

from collections.abc import Mapping

from actions.events import PATROL
from actions.sending.worker import DELIVERY
from config.translation import translations
from config.vocabulary import Language
from web.navigation import say

_LINK = "link:"
_MACHINE: Mapping[str, str] = {PATROL: say("the patrol"), DELIVERY: say("the delivery")}


def say_actor(actor: str, language: Language) -> str:
    """Say who it was: a login as it is, an officer who opened a link, or what no person did."""
    gettext = translations(language).gettext
    if actor.startswith(_LINK):
        return gettext("%(who)s, by link") % {"who": actor.removeprefix(_LINK)}
    return gettext(_MACHINE[actor]) if actor in _MACHINE else actor
