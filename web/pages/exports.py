"""Lists of a campaign to be taken away, as far as the caller's scope reaches."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.reading.lists.all import open_list
from config.errors import Refusal, Unknown
from config.vocabulary import FileFormat, LedgerCode, ListCode, Permission
from sheets.lists.table import Cell
from sheets.lists.writing import write_table
from web.downloads import download
from web.identity.doors import User, caller_of

router = APIRouter()

MOST_ROWS = 200_000
"""How many rows a page hands out: more would keep others waiting."""

_LISTS: dict[str, ListCode | LedgerCode] = {each.value: each for each in (*ListCode, *LedgerCode)}


@router.get("/campaigns/{campaign}/export/{what}.{written_as}")
def export(
    here: User,
    campaign: str,
    what: str,
    written_as: FileFormat,
    unit: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Hand out a list; numbers to call are in it for those who may answer for a branch."""
    caller = caller_of(here)
    if what not in _LISTS:
        raise Unknown("list {name}: there is none of this name", name=what)
    phones = caller.may(Permission.ANSWER)
    listed = open_list(
        here.house, campaign, _LISTS[what], unit=unit or None, now=here.now, scope=caller.scope, phones=phones
    )
    with listed as whole:
        table = replace(whole, rows=_at_most(whole.rows))
        name = "-".join(filter(None, (what, campaign, unit, f"{here.now.astimezone(table.zone):%Y-%m-%d}")))
        write = partial(write_table, table, written_as=written_as, language=here.language, marked=True)
        return download(name, written_as, lambda file: write(out=file))


def _at_most(rows: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Refusal(
                "the list has more than {most} rows; choose a unit, or write it with rollcall export", most=MOST_ROWS
            )
        yield row
