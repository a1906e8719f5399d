"""What the fields of forms are called, and what the audit record keeps of a change: the same names for both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.definition.text import Text
from config.translation import say_word, translations
from config.vocabulary import Language, OnDoubt, TokenScope, UserRole, UserStatus
from web.language import NAMES
from web.navigation import say

FIGURE = "figure-"
"""How the names of fields for figures begin; the figure's code follows."""
SCOPE = "scope-"
"""How the names of the boxes for what a token may do begin; the scope follows."""

LABELS: Mapping[str, str] = {
    "answer": say("Answer"),
    "asked": say("Pace asked for"),
    "assignments": say("Tasks"),
    "before_others": say("Try it before the others"),
    "behind": say("Branches behind"),
    "blockers": say("What blocks it"),
    "branch": say("Branch"),
    "branches": say("Branches"),
    "browsers": say("Browsers"),
    "changed": say("Changed"),
    "channel": say("Channel"),
    "channels": say("Channels"),
    "code": say("Code"),
    "days": say("How long it is good"),
    "deputy": say("Deputy"),
    "detail": say("What the provider said"),
    "digest": say("Fingerprint"),
    "disabled_at": say("Disabled"),
    "done_at": say("Done on"),
    "done_by": say("Done by"),
    "due": say("Last day"),
    "due_at": say("Last day"),
    "employees": say("Employees"),
    "ends_at": say("Ends"),
    "expires_at": say("Good until"),
    "figures": say("Figures"),
    "file": say("File"),
    "first": say("First day"),
    "first_day": say("First day"),
    "everywhere": say("In the other waves too"),
    "from": say("From"),
    "grade": say("Grade"),
    "industry": say("Industry"),
    "joined": say("Joined"),
    "kind": say("Kind"),
    "language": say("Language"),
    "last": say("Last day"),
    "last_day": say("Last day"),
    "leader": say("Leader"),
    "login": say("Login"),
    "members": say("Members"),
    "missing": say("Parts missing"),
    "moved": say("Tasks moved"),
    "name": say("Name"),
    "new": say("New"),
    "note": say("Note"),
    "notices": say("Notices"),
    "number": say("Number"),
    "of": say("Branch or unit"),
    "officer": say("Officer"),
    "on_doubt": say("When in doubt"),
    "outcome": say("Outcome"),
    "outdated": say("Returns out of date"),
    "owner": say("Who answers for it"),
    "password": say("Password"),
    "phone": say("Telephone"),
    "problems": say("Problems"),
    "reason": say("Reason"),
    "reminded": say("Tasks reminded of"),
    "request": say("Request"),
    "revision": say("Revision"),
    "role": say("Role"),
    "scopes": say("What it may do"),
    "service": say("Service"),
    "size": say("Bytes"),
    "skipped": say("Skipped"),
    "stages": say("Stage"),
    "starts_at": say("Begins"),
    "status": say("Status"),
    "subject": say("Single sign-on"),
    "successor": say("Merged into"),
    "task": say("Task"),
    "text": say("The campaign file"),
    "title": say("What it is"),
    "to": say("Who takes over"),
    "token": say("What it is for"),
    "told": say("Officers told"),
    "unit": say("Unit"),
    "units": say("Units"),
    "unreached": say("Officers without a channel"),
    "until": say("Last day of it"),
    "url": say("Address"),
    "version": say("Version"),
    "work": say("Tasks"),
}

_MARKS = frozenset({"csrf", "seen", "back", "next", "kept", "previewed", "carried", "once"})
"""What forms bear beside what was typed."""
Choices = type[StrEnum] | type[bool] | Mapping[str, Text]
"""What a field may be set to: a word of a vocabulary, a tick in a box, or one of several things by their codes."""

_CHOICES: Mapping[str, Choices] = {
    "role": UserRole,
    "status": UserStatus,
    "on_doubt": OnDoubt,
    **dict.fromkeys(("before_others", "everywhere", "incomplete", "skip"), bool),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as a reader sees it."""

    label: str
    value: str


def label_of(name: str, language: Language, titles: Mapping[str, Text] | None = None) -> str:
    """Say what a field, or a thing in the record, is called; by its name where nobody thought of it."""
    if titles and name in titles:
        return titles[name].of(language)
    if name.startswith(FIGURE):
        return name.removeprefix(FIGURE)
    if name.startswith(SCOPE):
        return _word(TokenScope, name.removeprefix(SCOPE), language)
    said = LABELS.get(name)
    return translations(language).gettext(said) if said else name.replace("_", " ")


def shown_fields(
    typed: Iterable[tuple[str, str]],
    language: Language,
    titles: Mapping[str, Text] | None = None,
    choices: Mapping[str, Choices] | None = None,
) -> tuple[Shown, ...]:
    """Say what somebody typed and chose, field by field, without what is empty and what pages put into forms."""
    return tuple(
        Shown(label_of(name, language, titles), _value(name, value, language, choices or {}))
        for name, value in typed
        if value.strip() and name not in _MARKS
    )


def _value(name: str, value: str, language: Language, choices: Mapping[str, Choices]) -> str:
    if name == "language":
        return next((words for code, words in NAMES.items() if code.value == value), value)
    chosen_from = bool if name.startswith(SCOPE) else choices.get(name, _CHOICES.get(name))
    if chosen_from is bool:
        return translations(language).gettext("yes")
    if isinstance(chosen_from, Mapping):
        return chosen_from[value].of(language) if value in chosen_from else value
    return _word(chosen_from, value, language) if chosen_from is not None else value


def _word(vocabulary: type[StrEnum], value: str, language: Language) -> str:
    word = next((each for each in vocabulary if each.value == value), None)
    return say_word(word, language) if word is not None else value
