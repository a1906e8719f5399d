"""How a campaign stands."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from actions.reading.standing import CampaignStanding, UnitStanding, WindowStanding
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.campaigns import StatusShape, UnitShape, WindowShape
from cli.views.windows import window_title
from config.definition.schema import Definition
from config.spoken import say
from config.vocabulary import Language
from notifications.writing.wording import blocker_text, say_number, say_share, window_status_text
from rules.deadlines import last_allowed_day, local_day
from rules.progress import Tally, completeness, overdue, timeliness

if TYPE_CHECKING:
    from rich.table import Table


def status_shape(standing: CampaignStanding) -> StatusShape:
    """Give the standing as `campaign status --json` prints it."""
    return StatusShape(
        campaign=standing.campaign,
        at=standing.at,
        branches=standing.branches,
        members=standing.members,
        stages=tuple(map(_window_shape, standing.windows)),
        units=tuple(map(_unit_shape, standing.units)),
        notices=standing.notices,
    )


def print_standing(standing: CampaignStanding, definition: Definition, language: Language) -> None:
    """Print the standing as tables that fit 80 columns."""
    out = console()
    out.print(_windows_table(standing, definition, language))
    blockers = list(_blocker_lines(standing, language))
    for line in ["", *blockers, ""] if blockers else [""]:
        out.print(line)
    out.print(_units_table(standing, language))
    out.print()
    out.print(_notices_line(standing, language))


def _window_shape(window: WindowStanding) -> WindowShape:
    tally = window.tally
    return WindowShape(
        stage=window.stage,
        wave=window.wave,
        status=window.status,
        opens=window.opens,
        closes=window.closes,
        assignments=tally.total,
        done=tally.done,
        waived=tally.waived,
        overdue=overdue(tally),
        completeness=completeness(tally),
        timeliness=timeliness(tally),
        blockers=tuple(blocker_text(blocker, Language.EN) for blocker in window.blockers),
    )


def _unit_shape(unit: UnitStanding) -> UnitShape:
    tally = unit.tally
    return UnitShape(unit.unit, unit.name, unit.branches, tally.total, tally.done, overdue(tally))


def _windows_table(standing: CampaignStanding, definition: Definition, language: Language) -> "Table":
    """Show each window in two lines: what it is called and by which name commands take it, its first and last day."""
    day = local_day(standing.at, definition.zone)
    branches = f"{Label.BRANCHES.of(language)}: {say_number(standing.branches)}"
    members = f"{Label.MEMBERS.of(language)}: {say_number(standing.members)}"
    windows = table(
        language,
        *(Label.STAGE, Label.DAYS, Label.STATUS),
        right=(Label.DONE, Label.OVERDUE, Label.IN_TIME),
        title=f"{definition.title.of(language)}  {day}\n{branches}  {members}",
    )
    for window in standing.windows:
        first, last = _days(window, definition)
        title = window_title(definition, window.stage, window.wave, language)
        windows.add_row(
            f"{title}\n{window.stage}/{window.wave}",
            f"{first}\n{last}",
            window_status_text(window.status, language),
            _done_cell(window.tally, language),
            say_number(overdue(window.tally)),
            say_share(timeliness(window.tally), language),
        )
    return windows


def _days(window: WindowStanding, definition: Definition) -> tuple[date, date]:
    return local_day(window.opens, definition.zone), last_allowed_day(window.closes, definition.zone)


def _done_cell(tally: Tally, language: Language) -> str:
    done = f"{say_number(tally.done)}/{say_number(tally.total - tally.waived)}"
    return f"{done}\n{say_share(completeness(tally), language)}"


def _blocker_lines(standing: CampaignStanding, language: Language) -> Iterator[str]:
    """Say why windows are held, or why they closed with reasons."""
    for window in standing.windows:
        for blocker in window.blockers:
            yield f"{window.stage}/{window.wave}: {blocker_text(blocker, language)}"


def _units_table(standing: CampaignStanding, language: Language) -> "Table":
    units = table(language, Label.UNIT, right=(Label.BRANCHES, Label.DONE, Label.RATE, Label.OVERDUE))
    for unit in standing.units:
        units.add_row(
            unit.name,
            say_number(unit.branches),
            f"{say_number(unit.tally.done)}/{say_number(unit.tally.total - unit.tally.waived)}",
            say_share(completeness(unit.tally), language),
            say_number(overdue(unit.tally)),
        )
    return units


def _notices_line(standing: CampaignStanding, language: Language) -> str:
    counts = ", ".join(f"{say(status, language)} {say_number(count)}" for status, count in standing.notices.items())
    return f"{Label.NOTICES.of(language)}: {counts}"
