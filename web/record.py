"""Tell the audit record to people, with titles in the places of the codes of campaigns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.assignments.figures import in_units
from actions.reading.events import EventState
from actions.reading.stored import say_stored
from config.definition.schema import Definition, StageSpec
from config.ledgers.all import LEDGERS
from config.ledgers.columns import Column, ColumnKind, columns_of
from config.translation import say_word, translations
from config.vocabulary import LedgerCode
from web.customs import say_day, say_number
from web.differences import Difference, compare
from web.facts import Facts
from web.labels import label_of
from web.navigation import say

_NUMBERED = (
    (re.compile(r"user (.+)"), say("user {name}")),
    (re.compile(r"notice ([0-9]+)"), say("notice {name}")),
    (re.compile(r"silence ([0-9]+)"), say("silence {name}")),
    (re.compile(r"(registry)"), say("registry")),
)


_LEDGERS = frozenset(ledger.value for ledger in LEDGERS)
_ENTRY = re.compile(r"(?P<ledger>[a-z]+) (?P<number>#[0-9]+)")
"""What an event about an entry of a ledger is about."""


@dataclass(frozen=True, slots=True)
class Record:
    """How events are told: facts in a language, and the campaigns that they are of, by their codes."""

    facts: Facts
    campaigns: Mapping[str, Definition]

    def subject(self, event: EventState) -> str:
        """Say what an event is about."""
        for form, sentence in _NUMBERED:
            if found := form.fullmatch(event.subject):
                return translations(self.facts.language).gettext(sentence).format(name=found[1])
        if (found := _ENTRY.fullmatch(event.subject)) and found["ledger"] in _LEDGERS:
            return f"{LEDGERS[LedgerCode(found['ledger'])].title.of(self.facts.language)} {found['number']}"
        campaign = self._campaign(event)
        if campaign is None:
            return event.subject
        if event.subject == campaign.code:
            return campaign.title.of(self.facts.language)
        return self._place(event.subject, campaign)

    def campaign(self, event: EventState) -> str:
        """Say of which campaign an event is; empty where it is of none."""
        campaign = self._campaign(event)
        return campaign.title.of(self.facts.language) if campaign else event.campaign or ""

    def changes(self, event: EventState) -> tuple[Difference, ...]:
        """Say what an event changed, thing by thing."""
        return compare(
            event.before,
            event.after,
            lambda name: self._name(event, name),
            lambda name, value: self._say(event, name, value),
        )

    def fact(self, event: EventState, name: str) -> str | None:
        """Say one thing of an event, as it became, or as it was where nothing is said of after; None for nothing."""
        facts = event.after or event.before
        return self._say(event, name, facts.get(name))

    def reason(self, event: EventState) -> str:
        """Say why it happened; empty where nobody said so."""
        return say_stored(event.reason, self.facts.language) if event.reason else ""

    def _campaign(self, event: EventState) -> Definition | None:
        return self.campaigns.get(event.campaign) if event.campaign else None

    def _name(self, event: EventState, name: str) -> str:
        column = _column(event, name)
        return column.title.of(self.facts.language) if column else label_of(name, self.facts.language)

    def _say(self, event: EventState, name: str, value: Any) -> str | None:
        if column := _column(event, name):
            return self._cell(event, column, value)
        campaign = self._campaign(event)
        if campaign is not None and value:
            match name, value:
                case "figures", dict():
                    return self.facts.listed(self._figure(event, campaign, code, each) for code, each in value.items())
                case (("stages" | "work"), list()):
                    return self.facts.listed(self._place(each, campaign) for each in value)
        return self.facts.say(event.kind, name, value)

    def _cell(self, event: EventState, column: Column, value: Any) -> str | None:
        """Say what stands in a column of a ledger."""
        if value is None:
            return None
        match column.kind:
            case ColumnKind.CHOICE if column.choices:
                return say_word(column.choices(value), self.facts.language)
            case ColumnKind.DAY:
                return say_day(date.fromisoformat(value), self.facts.language)
            case ColumnKind.YES:
                return translations(self.facts.language).gettext("yes") if value else None
        return self.facts.say(event.kind, column.code, value)

    def _place(self, subject: str, campaign: Definition) -> str:
        """Put titles in the places of the codes of stages, tasks and waves: `U1-1 study/lecture`, `U1/study`."""
        *before, path = subject.split(" ")
        codes = path.split("/")
        stages = {stage.code: stage for stage in campaign.stages}
        at = next((number for number, code in enumerate(codes) if code in stages), None)
        if at is None:
            return subject
        stage = stages[codes[at]]
        inside = [self._inside(code, stage, campaign) for code in codes[at + 1 :] if code != stage.code]
        return " ".join([*before, *codes[:at], " · ".join([stage.title.of(self.facts.language), *inside])])

    def _inside(self, code: str, stage: StageSpec, campaign: Definition) -> str:
        titles = {wave.code: wave.name for wave in campaign.waves} | {task.code: task.title for task in stage.tasks}
        return titles[code].of(self.facts.language) if code in titles else code

    def _figure(self, event: EventState, campaign: Definition, code: str, steps: int) -> str:
        for stage in campaign.stages:
            for task in stage.tasks:
                spec = next((figure for figure in task.figures if figure.code == code), None)
                if spec is not None and event.subject.endswith((f"{stage.code}/{task.code}", f" {stage.code}")):
                    number = say_number(in_units(spec, steps), self.facts.language)
                    return f"{spec.title.of(self.facts.language)} {number}"
        return f"{code} {steps}"


def _column(event: EventState, name: str) -> Column | None:
    """Find the column that a fact of an entry of a ledger stood in."""
    found = _ENTRY.fullmatch(event.subject)
    if found is None or found["ledger"] not in _LEDGERS:
        return None
    columns = columns_of(LEDGERS[LedgerCode(found["ledger"])])
    return next((column for column in columns if column.code == name), None)
