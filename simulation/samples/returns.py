"""What the branches of a sample answer in a quarter: their shares of what the ledgers say, so that the two agree."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from config.ledgers.entry import Entry, UnitEntry

Amount = Callable[[Entry], int]
"""How much of a figure an entry brings; nothing where it is of another ledger."""


def share_out(entries: Iterable[Entry], branches: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[Entry]]:
    """Give the entries about each unit to its branches in turn; return those of each branch."""
    turns: Counter[str] = Counter()
    shares: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, UnitEntry) and (here := branches.get(entry.unit)):
            shares[here[turns[entry.unit] % len(here)]].append(entry)
            turns[entry.unit] += 1
    return shares


def added_up(entries: Iterable[Entry], amount: Amount, *, since: date, until: date) -> int:
    """Add up what entries bring of a figure in some days."""
    return sum(amount(entry) for entry in entries if since <= entry.day <= until)
