"""Who may do what at which address, written down: the table that `test_matrix` walks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

USERS = ("anonymous", "viewer", "officer", "group", "county", "coordinator")
"""The columns of pages. Viewer, group and county see unit U1, the officer has branch U1-1 alone."""

LINKS = ("own", "branch", "foreign", "expired", "revoked", "broken")
"""The columns of addresses under links: that of U1-1's officer, one for U1-1 alone, one of U2-1's officer, and three
that are none any more."""

TOKENS = ("none", "expired", "viewer", "officer", "group", "county", "reader", "coordinator")
"""The columns of the API: no token, one that has expired, one with every scope of each user, and a coordinator's
that may only read."""


@dataclass(frozen=True)
class Row:
    """One address and what each caller may do there: ✓ is let in, · is turned away.

    `own` is for what lies in U1 and belongs to U1-1, `foreign` for what lies in U2 and belongs to U2-1, where the
    address names such a thing; `number` says what a number in it counts. `fields` are sent with a form, or as JSON.
    """

    method: str
    address: str
    own: str
    foreign: str | None = None
    number: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.address}"
