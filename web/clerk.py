"""Write answers down: those that wait at one moment go into one transaction, and each has a receipt of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Event, Lock

from sqlalchemy.exc import OperationalError

from actions.complete import Answer, Receipt, complete_each
from actions.house import House
from config.errors import Refusal

MOST = 64
"""How many answers one transaction takes; the next in line takes what is left."""

HANDS = 2
"""How many transactions go on at once where writers need not wait for one another."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """An answer in line, until it is its turn to write or another has written it along."""

    campaign: str
    answer: Answer
    told: Event = field(default_factory=Event)
    outcome: Receipt | Exception | None = None


class Clerk:
    """Takes answers from many threads, and commits together what waits together.

    One flush to the disk serves all of them, and on SQLite, where writers wait for one another, everyone has a turn
    in the order of coming. There is no thread of its own: whoever is first in line writes for those behind.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = Lock()
        self._hands = 1 if house.engine.dialect.name == "sqlite" else HANDS
        self._line: list[_Waiting] = []

    def complete(self, campaign: str, answer: Answer) -> Receipt:
        """Complete work as `actions.complete` does, and return its receipt once it is committed.

        An answer that is refused, or that the database cannot take, harms no other. Must not be called within a
        joint transaction: whoever writes it along would wait for that to end.
        """
        waiting = _Waiting(campaign, answer)
        with self._lock:
            must_wait = self._hands == 0
            if must_wait:
                self._line.append(waiting)
            else:
                self._hands -= 1
        if must_wait:
            waiting.told.wait()
        if waiting.outcome is None:
            try:
                self._write(self._draw(waiting))
            finally:
                self._call_next()
        if isinstance(waiting.outcome, Exception):
            raise waiting.outcome
        assert waiting.outcome is not None
        return waiting.outcome

    def _draw(self, first: _Waiting) -> list[_Waiting]:
        """Take out of the line whoever can be written along."""
        with self._lock:
            others = islice((each for each in self._line if each.campaign == first.campaign), MOST - 1)
            together = [first, *others]
            self._line = [each for each in self._line if each not in together]
            return together

    def _call_next(self) -> None:
        with self._lock:
            if self._line:
                self._line.pop(0).told.set()
            else:
                self._hands += 1

    def _write(self, together: Sequence[_Waiting]) -> None:
        outcomes: Sequence[Receipt | Exception]
        try:
            outcomes = complete_each(self._house, together[0].campaign, [each.answer for each in together])
        except (Refusal, OperationalError) as error:  # no such campaign, no database: the same for everyone
            outcomes = [error] * len(together)
        except Exception as error:  # noqa: BLE001 - raised again for whoever gave the answer
            if len(together) > 1:
                for each in together:
                    self._write([each])
                return
            outcomes = [error]
        for each, outcome in zip(together, outcomes, strict=True):
            each.outcome = outcome
            each.told.set()
