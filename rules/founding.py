"""Where an organisation can be founded, and where first: the practice of the counties that have done it."""

import re
import unicodedata

from config.vocabulary import BranchKind

ENOUGH_MEMBERS = 3
"""Full members, from which on an enterprise can found a branch of its own."""

FIRST_FROM = 100
"""Employees, from which on an enterprise comes first; those below get a liaison officer until their turn."""

_OF_ITS_OWN = frozenset({BranchKind.BRANCH, BranchKind.COMMITTEE})
"""What an enterprise founds with members of its own; a joint branch and that of an association have several's."""

_OF_THE_PARTY = frozenset({*_OF_ITS_OWN, BranchKind.JOINT_BRANCH, BranchKind.ASSOCIATION_BRANCH})

_ORGANISATION = re.compile(
    r"(有限(责任)?公司|股份有限公司|公司|集团)?(第[一二三四五六七八九十]+)?(联合)?"
    r"(中共|党|支部|总支|委员会|工会|团|共青团|妇|party|branch|committee|union|youth|women|joint).*"
)
"""What follows on the name of an enterprise in the name of its organisation."""


def can_found(full_members: int) -> bool:
    """Tell whether an enterprise without an organisation has the members for one."""
    return full_members >= ENOUGH_MEMBERS


def comes_first(employees: int) -> bool:
    """Tell whether an enterprise comes before the smaller ones."""
    return employees >= FIRST_FROM


def least_members(kind: BranchKind) -> int:
    """Return how many full members an enterprise needs for an organisation of this kind."""
    return ENOUGH_MEMBERS if kind in _OF_ITS_OWN else 0


def alike(kind: BranchKind) -> frozenset[BranchKind]:
    """Return the kinds of which an enterprise has one at most: with a committee it founds no branch."""
    return _OF_THE_PARTY if kind in _OF_THE_PARTY else frozenset({kind})


def plain_name(name: str) -> str:
    """Return a name as it is compared: without blanks, in one width and one case."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_organisation_of(organisation: str, enterprise: str) -> bool:
    """Tell by the names whether an organisation is that of an enterprise: `某机械厂党支部` is that of `某机械厂`."""
    name, of = plain_name(organisation).removeprefix("中共"), plain_name(enterprise)
    return name == of or (name.startswith(of) and _ORGANISATION.fullmatch(name.removeprefix(of)) is not None)
