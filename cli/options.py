"""The options that commands share, each under one name everywhere."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.values import parse_day, parse_instant, words
from config.vocabulary import Language
from rules.words import LONGEST_ACTOR, LONGEST_NOTE, LONGEST_REASON


def _home(context: typer.Context, home: Path | None) -> Path | None:
    """Take `rollcall --home DIR command` as well as `rollcall command --home DIR`; what is said later counts."""
    said_first: Path | None = context.find_root().params.get("home")
    return home or said_first


Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        callback=_home,
        help="The home folder, with the database in it; ROLLCALL_HOME or ~/.rollcall where it is not given.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
At = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        metavar="INSTANT",
        parser=parse_instant,
        help="Act as of this instant instead of now: ISO 8601 with a zone, such as 2009-09-30T18:00+08:00.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", parser=words(LONGEST_ACTOR), help="Who did it; the system's user where it is not given."
    ),
]
CampaignCode = Annotated[str, typer.Option("--campaign", "-c", metavar="CODE", help="The campaign.")]
BranchCode = Annotated[str, typer.Option("--branch", "-b", metavar="CODE", help="The branch.")]
TaskCode = Annotated[
    str,
    typer.Option("--task", "-t", metavar="CODE", help="The task; STAGE/TASK where several stages have it."),
]
WindowName = Annotated[
    str,
    typer.Option("--window", "-w", metavar="STAGE/WAVE", help="The window; the stage alone where there is one wave."),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", parser=words(LONGEST_REASON), help="Why; it goes on record.")
]
Note = Annotated[
    str | None,
    typer.Option("--note", metavar="TEXT", parser=words(LONGEST_NOTE), help="What is worth knowing beside it."),
]
Owner = Annotated[
    str | None,
    typer.Option("--owner", metavar="NAME", parser=words(LONGEST_ACTOR), help="Who answers for solving it."),
]
Category = Annotated[
    str | None,
    typer.Option("--category", metavar="TEXT", parser=words(LONGEST_ACTOR), help="What the problem is counted under."),
]
Measures = Annotated[
    str | None,
    typer.Option("--measures", metavar="TEXT", parser=words(LONGEST_NOTE), help="What is to be done about it."),
]
UnitName = Annotated[str | None, typer.Option("--unit", "-u", metavar="CODE", help="This unit and all below it.")]
Due = Annotated[
    date | None,
    typer.Option("--due", metavar="DAY", parser=parse_day, help="The last day for solving it, such as 2009-12-18."),
]
OneUnit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="UNIT", help="This unit and all below it alone, by code or name.")
]
OneOfficer = Annotated[
    str | None, typer.Option("--officer", metavar="CODE", help="The branches of this officer alone.")
]
OutFile = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", dir_okay=False, help="The file to write.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")]
InLanguage = Annotated[
    Language | None, typer.Option("--language", help="The language of what is written; the settings' where not given.")
]
