"""The JSON of people and the registry: whom Rollcall writes to, how, and when not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.vocabulary import ChannelStatus, Language, OfficerRole, OnDoubt, Outcome


@dataclass(frozen=True, slots=True)
class AwayShape:
    """An absence in `officer list` that is not over: its days, `until` null while it is open, and the deputy."""

    first: date
    until: date | None
    deputy: str


@dataclass(frozen=True, slots=True)
class OfficerShape:
    """A line of `officer list`; of addresses only the service is shown, of a phone number the end."""

    officer: str
    name: str
    role: OfficerRole
    unit: str | None
    branches: int
    channels: tuple[str, ...]
    phone: str | None
    language: Language
    timezone: str
    away: AwayShape | None


@dataclass(frozen=True, slots=True)
class ChannelShape:
    """A line of `channel list`; at most `rate_count` messages go out in `rate_seconds`, null where no rate is set."""

    channel: int
    officer: str
    service: str
    rank: int
    status: ChannelStatus
    on_doubt: OnDoubt
    acceptance_verified: bool
    disabled_at: datetime | None
    disabled_reason: str | None
    rate_count: int | None
    rate_seconds: int | None
    paused_until: datetime | None
    paused_reason: str | None


@dataclass(frozen=True, slots=True)
class TrialShape:
    """What `channel test` prints: the outcome, the provider's words and its id of the message."""

    channel: int
    outcome: Outcome
    detail: str
    receipt: str | None


@dataclass(frozen=True, slots=True)
class SilenceShape:
    """A line of `silence list`: of a branch or a unit, up to the instant `ends`, which is outside it.

    `in_force` says whether it holds at the instant asked for.
    """

    silence: int
    branch: str | None
    unit: str | None
    starts: datetime
    ends: datetime
    reason: str
    added_at: datetime
    added_by: str
    lifted_at: datetime | None
    lifted_by: str | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class SilenceNumberShape:
    """What `silence add` prints."""

    silence: int


@dataclass(frozen=True, slots=True)
class RejectionShape:
    """A cell that `registry import` cannot take; `sheet` and `cell` (F12) are null for a file of text."""

    line: int
    column: str
    value: str
    reason: str
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class ChangedBranchShape:
    """A branch that `registry import` changes: each detail that is different, as it was and as it is to be.

    Of a telephone number only is told that it changes.
    """

    branch: str
    name: str
    before: Mapping[str, str | int | None]
    after: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class ImportShape:
    """What `registry import` prints: what an import changes, or would; branches by their codes.

    `imported` says whether it was written: not with `--check`, and not with anything rejected, unless those rows were
    skipped. `changed` counts the moved, closed and returned too; `merged` names successors. `missing` counts the active
    branches that the file does not name: they stay as they are, and the first are in `first_missing`.
    """

    imported: bool
    new: int
    changed: int
    moved: tuple[str, ...]
    closed: tuple[str, ...]
    returned: tuple[str, ...]
    merged: Mapping[str, str]
    unchanged: int
    missing: int
    first_missing: tuple[str, ...]
    new_units: int
    changed_units: int
    new_officers: int
    renamed_officers: int
    new_channels: int
    skipped: int
    passed_over: int
    sheets_passed_over: tuple[str, ...]
    columns_not_taken: tuple[str, ...]
    changes: tuple[ChangedBranchShape, ...]
    rejected: tuple[RejectionShape, ...]
