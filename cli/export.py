"""`rollcall export`: lists of a campaign as files."""

from contextlib import suppress
from typing import Annotated

import typer

from cli.opening import house_at, instant
from cli.options import At, CampaignCode, Force, Home, InLanguage, OneUnit, OutFile
from cli.printing import tell
from cli.progress import working
from config.said import Said
from config.vocabulary import FileFormat, LedgerCode, ListCode

NAMES = [*ListCode, *LedgerCode]


def parse_list(text: str) -> ListCode | LedgerCode:
    """Read the name of a list or of a ledger."""
    for vocabulary in (ListCode, LedgerCode):
        with suppress(ValueError):
            return vocabulary(text)
    raise typer.BadParameter(f'"{text}" is none of {", ".join(NAMES)}')


What = Annotated[str, typer.Argument(metavar="LIST", help=f"What to write: {', '.join(NAMES)}.")]
WrittenAs = Annotated[
    FileFormat | None, typer.Option("--format", help="What to write it as; as the file's name ends where not given.")
]
ForExcel = Annotated[
    bool,
    typer.Option("--bom", help="Put the mark of UTF-8 before CSV, without which Excel takes Chinese for gibberish."),
]
Phones = Annotated[bool, typer.Option("--phones", help="Write the numbers to call, which are left blank without it.")]


def export(
    what: What,
    campaign: CampaignCode,
    out: OutFile,
    unit: OneUnit = None,
    written_as: WrittenAs = None,
    language: InLanguage = None,
    bom: ForExcel = False,
    phones: Phones = False,
    force: Force = False,
    home: Home = None,
    at: At = None,
) -> None:
    """Write a list of a campaign as xlsx, CSV or Parquet, row by row, however long it is.

    Example: rollcall export overdue --campaign baoding-2009 --unit 130622 --out overdue.xlsx
    """
    from actions.reading.lists.all import open_list
    from cli.files import written
    from sheets.lists.writing import write_table

    listed = parse_list(what)
    wanted = written_as or _format_of(out.suffix)
    with (
        house_at(home) as house,
        working(Said("Writing")),
        open_list(house, campaign, listed, unit=unit, now=instant(at), phones=phones) as table,
        written(out, force=force) as file,
    ):
        count = write_table(table, file, wanted, language or house.settings.language, marked=bom)
    tell(Said("{out}: {count} rows", out=out, count=count))


def _format_of(suffix: str) -> FileFormat:
    try:
        return FileFormat(suffix.removeprefix(".").lower())
    except ValueError:
        raise typer.BadParameter(
            f'"{suffix}" says no format; add --format with one of {", ".join(FileFormat)}'
        ) from None
