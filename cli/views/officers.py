"""The people Rollcall writes to."""

from collections.abc import Iterable

from actions.reading.officers import AwayState, OfficerState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.people import AwayShape, OfficerShape
from config.spoken import say
from config.vocabulary import Language
from notifications.writing.wording import say_number

SHOWN_OF_PHONE = 4


def officer_shapes(officers: Iterable[OfficerState]) -> tuple[OfficerShape, ...]:
    """Give the officers as `officer list --json` prints them."""
    return tuple(
        OfficerShape(
            officer=officer.officer,
            name=officer.name,
            role=officer.role,
            unit=officer.unit,
            branches=officer.branches,
            channels=officer.channels,
            phone=mask_phone(officer.phone),
            language=officer.language,
            timezone=officer.timezone,
            away=_away_shape(officer.away),
        )
        for officer in officers
    )


def print_officers(officers: Iterable[OfficerState], language: Language) -> None:
    """Print the officers as a table."""
    listed = table(
        language,
        *(Label.OFFICER, Label.ROLE, Label.UNIT, Label.CHANNELS, Label.PHONE, Label.AWAY),
        right=(Label.BRANCHES,),
    )
    for officer in officers:
        listed.add_row(
            f"{officer.name} ({officer.officer})",
            say(officer.role, language),
            officer.unit_name or "",
            ", ".join(officer.channels) or Label.UNREACHED.of(language),
            mask_phone(officer.phone) or "",
            _say_away(officer.away),
            say_number(officer.branches),
        )
    console().print(listed)


def _away_shape(away: AwayState | None) -> AwayShape | None:
    return None if away is None else AwayShape(away.first, away.until, away.deputy)


def _say_away(away: AwayState | None) -> str:
    """Say from when until when, and who is told instead."""
    if away is None:
        return ""
    return f"{away.first} –\n{away.until or '…'}\n→ {away.deputy_name} ({away.deputy})"


def mask_phone(phone: str | None) -> str | None:
    """Leave the last digits of a number: enough to tell two apart, too little to call."""
    if phone is None:
        return None
    return "…" + phone[-SHOWN_OF_PHONE:] if len(phone) > SHOWN_OF_PHONE else "…"
