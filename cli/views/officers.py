"""The people Rollcall writes to."""

from collections.abc import Iterable

from actions.reading.officers import OfficerState
from cli.labels import Label, say
from cli.printing import console, table
from cli.shapes import OfficerShape
from config.vocabulary import Language
from notifications.wording import say_number

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
        )
        for officer in officers
    )


def print_officers(officers: Iterable[OfficerState], language: Language) -> None:
    """Print the officers as a table."""
    listed = table(
        language,
        *(Label.OFFICER, Label.ROLE, Label.UNIT, Label.CHANNELS, Label.PHONE),
        right=(Label.BRANCHES,),
    )
    for officer in officers:
        listed.add_row(
            f"{officer.name} ({officer.officer})",
            say(officer.role, language),
            officer.unit_name or "",
            ", ".join(officer.channels),
            mask_phone(officer.phone) or "",
            say_number(officer.branches),
        )
    console().print(listed)


def mask_phone(phone: str | None) -> str | None:
    """Leave the last digits of a number: enough to tell two apart, too little to call."""
    if phone is None:
        return None
    return "…" + phone[-SHOWN_OF_PHONE:] if len(phone) > SHOWN_OF_PHONE else "…"
