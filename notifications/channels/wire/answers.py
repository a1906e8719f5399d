"""Ask providers that answer in JSON: HTTP says that the call went well, a number in it whether the message did."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from config.vocabulary import Outcome
from notifications.channels.message import Verdict
from notifications.channels.site import Network
from notifications.channels.wire.http import Reply, get, post, verdict_on_status, words_of
from notifications.channels.wire.masking import conceal

HEADERS = {"User-Agent": "Rollcall", "Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a provider's number stands for, and how long it asks to be left alone where its document says so."""

    outcome: Outcome
    is_channel_dead: bool = False
    wait: timedelta | None = None


ACCEPTED = Meaning(Outcome.ACCEPTED)
THROTTLED = Meaning(Outcome.THROTTLED)
BUSY = Meaning(Outcome.TEMPORARY)
REFUSED = Meaning(Outcome.PERMANENT)
DEAD = Meaning(Outcome.PERMANENT, is_channel_dead=True)


@dataclass(frozen=True, slots=True)
class CodeBook:
    """How a provider says what became of a message.

    `code` and `words` are the names of the two in its answer, `older` those of an earlier form. A code
    that is in no table refuses the message and says nothing of the channel. `by_words` is for a code
    that stands for several things: what its words contain, in lower case, goes before the code.
    """

    code: str
    words: str
    meanings: Mapping[int, Meaning]
    by_words: Mapping[int, Mapping[str, Meaning]] = field(default_factory=dict)
    older: tuple[str, str] | None = None

    def meaning(self, answer: "Answer") -> Meaning:
        """Look up what an answer means."""
        said = answer.words.lower()
        for words, meaning in self.by_words.get(answer.code, {}).items():
            if words in said:
                return meaning
        return self.meanings.get(answer.code, REFUSED)


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's answer: its number, its words in one line, and whatever else it says."""

    code: int
    words: str
    facts: Mapping[str, Any]


def post_json(
    url: str, facts: Mapping[str, Any], networks: Iterable[Network], secrets: Iterable[str]
) -> Reply | Verdict:
    """Post facts as JSON; the answer, or a verdict where there was none, quotes none of the secrets."""
    return _without(secrets, post(url, as_json(facts), HEADERS, networks))


def get_json(url: str, networks: Iterable[Network], secrets: Iterable[str]) -> Reply | Verdict:
    """Get what a provider tells; everything as for `post_json`."""
    return _without(secrets, get(url, HEADERS, networks))


def as_json(facts: Mapping[str, Any]) -> bytes:
    """Write JSON with every script as it is: providers count bytes, and an escaped letter takes twice as many."""
    return json.dumps(facts, ensure_ascii=False).encode()


def read_answer(reply: Reply, book: CodeBook) -> Answer | None:
    """Read a provider's answer; None when it is not JSON or says no number."""
    try:
        facts = json.loads(reply.body)
    except ValueError:
        return None
    if not isinstance(facts, dict):
        return None
    for code, words in ((book.code, book.words), *((book.older,) if book.older else ())):
        number = facts.get(code)
        if isinstance(number, int) and not isinstance(number, bool):
            said = " ".join(str(facts.get(words) or "").split())
            return Answer(number, f"{code} {number}: {said}".rstrip(": "), facts)
    return None


def judge(reply: Reply, book: CodeBook, secrets: Iterable[str] = ()) -> Verdict:
    """Judge an answer: by its status, then by its number.

    A refusal by status gives way to a number that the provider's document knows: it says more. An answer
    that went well and says no number leaves open whether the message was taken.
    """
    answer, by_status = read_answer(reply, book), verdict_on_status(reply)
    is_known = answer is not None and answer.code != 0 and answer.code in book.meanings
    if by_status is not None and not (is_known and by_status.outcome is Outcome.PERMANENT):
        return by_status
    if answer is None:
        return Verdict(Outcome.AMBIGUOUS, f"an answer without {book.code}: {words_of(reply)}")
    meaning = book.meaning(answer)
    return Verdict(
        meaning.outcome,
        conceal(answer.words, secrets),
        retry_after=reply.retry_after or meaning.wait,
        is_channel_dead=meaning.is_channel_dead,
    )


def _without(secrets: Iterable[str], answered: Reply | Verdict) -> Reply | Verdict:
    if isinstance(answered, Verdict):
        return answered
    return replace(answered, body=conceal(answered.body.decode(errors="replace"), secrets).encode())
