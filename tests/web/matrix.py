"""Who may do what at which address, written down: the table that `test_matrix` walks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CALLERS = ("anonymous", "viewer", "officer", "group", "county", "coordinator")
"""The columns, in this order. Viewer, group and county see unit U1; the officer has branch U1-1 alone."""

NOBODY = "······"
EVERYONE = "✓✓✓✓✓✓"
USERS = "·✓✓✓✓✓"


@dataclass(frozen=True)
class Row:
    """One address and what each caller may do there: ✓ is let in, · is turned away.

    `own` names what lies in U1 and belongs to U1-1, `foreign` the same address for what lies in U2. `form` is
    what a form brings; without it only its signature, which whoever is let in is told to fill in.
    """

    method: str
    address: str
    own: str
    foreign: str | None = None
    form: Mapping[str, str] = field(default_factory=dict)


ROWS = (
    Row("GET", "/", USERS),
    Row("GET", "/login", EVERYONE),
    Row("POST", "/login", NOBODY),
    Row("POST", "/logout", USERS),
    Row("GET", "/static/{name}", EVERYONE),
)
