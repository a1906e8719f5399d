"""Say single facts of the audit record: the words, days and numbers that a change was from and to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from actions.reading.stored import say_stored
from config.translation import say_word, translations
from config.vocabulary import (
    AssignmentStatus,
    BlockerKind,
    BranchKind,
    BranchStatus,
    EventKind,
    Language,
    NoticeStatus,
    OfficerRole,
    OnDoubt,
    Outcome,
    ProblemStatus,
    TokenScope,
    UserRole,
    UserStatus,
    WindowStatus,
)
from notifications.writing.wording import blocker_text
from rules.deadlines import last_allowed_day
from rules.gates import Blocker
from web.customs import say_day, say_instant, say_number, say_share
from web.language import NAMES
from web.navigation import say

_STATUSES: Mapping[str, type[StrEnum]] = {
    "assignment": AssignmentStatus,
    "branch": BranchStatus,
    "notice": NoticeStatus,
    "problem": ProblemStatus,
    "user": UserStatus,
    "window": WindowStatus,
}
"""Of which vocabulary a status is, by what an event is about."""
_ROLES: Mapping[str, type[StrEnum]] = {"officer": OfficerRole, "user": UserRole}
_VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "kind": BranchKind,
    "on_doubt": OnDoubt,
    "outcome": Outcome,
    "scopes": TokenScope,
}
_INSTANTS = frozenset({"starts_at", "ends_at", "done_at", "disabled_at", "expires_at"})
_DAYS = frozenset({"until", "first_day", "last_day", "due", "from"})
_STATES = {
    ("phone", "none"): say("none"),
    ("phone", "kept"): say("kept sealed"),
    ("phone", "another"): say("another one"),
    ("password", "set"): say("set anew"),
    ("password", "changed"): say("changed"),
}
_BETWEEN = {Language.ZH: "、", Language.EN: ", "}


@dataclass(frozen=True, slots=True)
class Facts:
    """How facts are said in a language, with instants in a zone."""

    language: Language
    zone: ZoneInfo

    def say(self, kind: EventKind, name: str, value: Any) -> str | None:
        """Say what a fact of an event was or became; None where it was, or is, nothing."""
        match name, value:
            case _, None | "" | []:
                said = None
            case "blockers", list():
                said = self.listed(self._blocker(each) for each in value)
            case "asked", float():
                said = say_share(value, self.language)
            case _, list():
                said = self.listed(self.say(kind, name, each) or "–" for each in value)
            case _, dict():
                said = self.listed(f"{each} {self.say(kind, name, inside) or '–'}" for each, inside in value.items())
                said = said or None
            case _, int():
                said = say_number(value, self.language)
            case _:
                said = self._word(kind, name, str(value))
        return said

    def listed(self, said: Iterable[str]) -> str:
        """Put several in a row."""
        return _BETWEEN[self.language].join(said)

    def _word(self, kind: EventKind, name: str, value: str) -> str:
        group = kind.partition(".")[0]
        vocabulary = {"status": _STATUSES.get(group), "role": _ROLES.get(group)}.get(name, _VOCABULARIES.get(name))
        if vocabulary is not None and (word := next((each for each in vocabulary if each.value == value), None)):
            return say_word(word, self.language)
        if name == "language" and value in NAMES:
            return NAMES[Language(value)]
        if (name, value) in _STATES:
            return translations(self.language).gettext(_STATES[name, value])
        return self._day(name, value) or say_stored(value, self.language)

    def _day(self, name: str, value: str) -> str | None:
        try:
            if name in _INSTANTS:
                return say_instant(datetime.fromisoformat(value), self.zone, self.language)
            if name == "due_at":
                return say_day(last_allowed_day(datetime.fromisoformat(value), self.zone), self.language)
            if name in _DAYS:
                return say_day(date.fromisoformat(value), self.language)
        except ValueError:
            return None
        return None

    def _blocker(self, kept: Mapping[str, Any]) -> str:
        return blocker_text(Blocker(BlockerKind(kept["kind"]), kept["have"], kept["need"]), self.language)
