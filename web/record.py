"""Tell the audit record to people, with titles in the places of the codes of campaigns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.assignments.figures import in_units
from actions.reading.events import EventState
from config.definition.schema import Definition, StageSpec
from web.customs import say_number
from web.differences import Difference, compare
from web.facts import Facts
from web.labels import label_of
from web.navigation import say
from web.stored import say_stored
from web.translation import translations

_NUMBERED = (
    (re.compile(r"user (.+)"), say("user {name}")),
    (re.compile(r"notice ([0-9]+)"), say("notice {name}")),
    (re.compile(r"silence ([0-9]+)"), say("silence {name}")),
    (re.compile(r"(registry)"), say("registry")),
)


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
        return compare(event.before, event.after, self._name, lambda name, value: self._say(event, name, value))

    def fact(self, event: EventState, name: str) -> str | None:
        """Say one thing of an event, as it became, or as it was where nothing is said of after; None for nothing."""
        facts = event.after or event.before
        return self._say(event, name, facts.get(name))

    def reason(self, event: EventState) -> str:
        """Say why it happened; empty where nobody said so."""
        return say_stored(event.reason, self.facts.language) if event.reason else ""

    def _campaign(self, event: EventState) -> Definition | None:
        return self.campaigns.get(event.campaign) if event.campaign else None

    def _name(self, name: str) -> str:
        return label_of(name, self.facts.language)

    def _say(self, event: EventState, name: str, value: Any) -> str | None:
        campaign = self._campaign(event)
        if campaign is not None and value:
            match name, value:
                case "figures", dict():
                    return self.facts.listed(self._figure(event, campaign, code, each) for code, each in value.items())
                case (("stages" | "work"), list()):
                    return self.facts.listed(self._place(each, campaign) for each in value)
        return self.facts.say(event.kind, name, value)

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
                if spec is not None and event.subject.endswith(f"{stage.code}/{task.code}"):
                    number = say_number(in_units(spec, steps), self.facts.language)
                    return f"{spec.title.of(self.facts.language)} {number}"
        return f"{code} {steps}"
