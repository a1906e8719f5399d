"""The sample registry, made anew: 保定市 in 2009, 703 branches with 9,905 members. The data is synthetic.

Published are the units, the totals, the 13 branches of 清苑县 and the five enterprises named in places.py. Everything
else about a single branch is invented: its name, its size (that of the five as well), its industry, its kind.
Officers and leaders are numbered, not named, and carry the mark 虚构 (invented); their numbers are nobody's.

`python -m config.samples.baoding > config/samples/baoding-registry.csv` writes the file that lies beside this one.
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.registry import Column
from config.samples.draws import draw, pick
from config.samples.places import CITY, COUNTIES, PLACES, Place
from config.samples.shares import apportion
from config.samples.words import FORMS, TRADES, invent_words
from config.vocabulary import BranchKind, BranchStatus, OfficerRole, UnitLevel

SAMPLE_REGISTRY = Path(__file__).with_name("baoding-registry.csv")
"""The file as it is handed out."""

SEED = "baoding"
MARK = "（虚构）"
MEMBERS = 9905
_FEWEST_MEMBERS = 3  # an enterprise can found a branch from three members on
_COMMITTEE_FROM = 90
_JOINT_BELOW, _JOINT_SHARE = 6, 0.08
_PREVAILING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class SampleOfficer:
    """An officer of the sample who answers for no single branch; `channel` is the address to write to."""

    code: str
    name: str
    role: OfficerRole
    unit_code: str
    channel: str


@dataclass(frozen=True, slots=True)
class _Seat:
    """The place of a branch in the sample before it has a size and a name."""

    place: Place
    number: int

    @property
    def code(self) -> str:
        return f"{self.place.code}-{self.number:03}"

    @property
    def named(self) -> tuple[str, str] | None:
        return self.place.named[self.number - 1] if self.number <= len(self.place.named) else None


def sample_officers() -> tuple[SampleOfficer, ...]:
    """Return the group officer of each of the 25 units and the city's coordinator, who stand in no registry."""
    groups = (_officer("G", place, "指导组", OfficerRole.GROUP) for place in COUNTIES)
    return (_officer("C", CITY, "协调员", OfficerRole.COORDINATOR), *groups)


def make_registry() -> str:
    """Return the sample as CSV: a row for each unit, then one for each branch."""
    text = io.StringIO()
    columns: list[Column] = [column for column in Column if column not in (Column.GRADE, Column.SUCCESSOR)]
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_unit_cells(place) for place in PLACES)
    writer.writerows(_branch_rows())
    return text.getvalue()


def _officer(letter: str, place: Place, title: str, role: OfficerRole) -> SampleOfficer:
    code = f"{letter}{place.code}"
    return SampleOfficer(code, f"{place.name}{title}{MARK}", role, place.code, f"folder://{code}")


def _unit_cells(place: Place) -> dict[Column, str]:
    is_city = place is CITY
    return {
        Column.UNIT_CODE: place.code,
        Column.UNIT_NAME: place.name,
        Column.PARENT_CODE: "" if is_city else CITY.code,
        Column.LEVEL: UnitLevel.CITY if is_city else UnitLevel.COUNTY,
    }


def _branch_rows() -> Iterator[dict[Column, str]]:
    seats = [_Seat(place, number) for place in PLACES for number in range(1, place.branches + 1)]
    words = iter(invent_words(SEED))
    for order, (seat, members) in enumerate(zip(seats, _share_members(seats), strict=True), 1):
        kind = _choose_kind(seat, members)
        name, industry = seat.named or _invent_name(seat, kind, words)
        yield _unit_cells(seat.place) | {
            Column.BRANCH_CODE: seat.code,
            Column.BRANCH_NAME: name,
            Column.MEMBERS: str(members),
            Column.EMPLOYEES: str(round(members * (6 + 14 * draw(SEED, "employees", seat.code)))),
            Column.KIND: kind,
            Column.STATUS: BranchStatus.ACTIVE,
            Column.INDUSTRY: industry,
            Column.LEADER: f"联系领导{order:04}{MARK}",
            Column.PHONE: f"000 0000 {order:04}",
            Column.OFFICER_CODE: f"L{order:04}",
            Column.OFFICER_NAME: f"联络员{order:04}{MARK}",
            Column.CHANNEL: f"folder://L{order:04}",
        }


def _share_members(seats: Sequence[_Seat]) -> list[int]:
    shares = apportion(MEMBERS - _FEWEST_MEMBERS * len(seats), [_weigh(seat) for seat in seats])
    return [_FEWEST_MEMBERS + share for share in shares]


def _weigh(seat: _Seat) -> int:
    # Many small branches and a few large ones; the city's own is among the largest.
    size = 1 if seat.place is CITY else draw(SEED, "size", seat.code)
    return int(1000 / (1.03 - size)) - 900


def _choose_kind(seat: _Seat, members: int) -> BranchKind:
    if members >= _COMMITTEE_FROM:
        return BranchKind.COMMITTEE
    if seat.named is None and members < _JOINT_BELOW and draw(SEED, "joint", seat.code) < _JOINT_SHARE:
        return BranchKind.JOINT_BRANCH
    return BranchKind.BRANCH


def _invent_name(seat: _Seat, kind: BranchKind, words: Iterator[str]) -> tuple[str, str]:
    prevails = draw(SEED, "industry", seat.code) < _PREVAILING_SHARE
    industry = seat.place.industry if prevails else pick([*TRADES], SEED, "other industry", seat.code)
    trades = [pick(TRADES[industry], SEED, "trade", turn, seat.code) for turn in range(2)]
    if kind is BranchKind.JOINT_BRANCH:
        pair = "、".join(next(words) + trade for trade in trades)
        return f"{seat.place.prefix}{pair}联合支部", industry
    return f"{seat.place.prefix}{next(words)}{trades[0]}{pick(FORMS, SEED, 'form', seat.code)}", industry


def main() -> None:
    """Write the sample to standard output, in UTF-8 whatever the terminal speaks."""
    sys.stdout.buffer.write(make_registry().encode())


if __name__ == "__main__":
    main()
