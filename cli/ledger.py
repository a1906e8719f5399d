"""`rollcall ledger`: what a campaign keeps books on, and what it comes to."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, CampaignCode, Category, Due, Home, Owner, Reason, UnitName
from cli.printing import print_json, print_json_list, remark, tell
from cli.values import parse_columns, parse_day, parse_figures, parse_number, words
from config.said import Said
from config.vocabulary import LedgerCode
from rules.words import LONGEST_TITLE

app = typer.Typer(help="Write in the ledgers of a campaign, correct and strike entries, and add up what they say.")

Ledger = Annotated[LedgerCode, typer.Argument(metavar="LEDGER", help="The ledger; see `rollcall ledger columns`.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", parser=parse_number, help="The entry's number in the ledger.")]
Columns = Annotated[
    list[str], typer.Argument(metavar="COLUMN=VALUE...", help="What the entry says, such as persons=3.")
]
OneBranch = Annotated[str | None, typer.Option("--branch", "-b", metavar="CODE", help="Those of this branch alone.")]
Since = Annotated[
    date | None, typer.Option("--since", metavar="DAY", parser=parse_day, help="From this day on, such as 2009-09-14.")
]
Until = Annotated[
    date | None, typer.Option("--until", metavar="DAY", parser=parse_day, help="Through this day, such as 2009-12-31.")
]
FoundTitle = Annotated[
    str | None,
    typer.Option("--problem", metavar="TEXT", parser=words(LONGEST_TITLE), help="A problem that came up, in a line."),
]
DoneTask = Annotated[
    str | None, typer.Option("--task", "-t", metavar="CODE", help="The task that is completed, or STAGE/TASK.")
]
Figures = Annotated[
    list[str] | None, typer.Option("--figures", metavar="CODE=NUMBER", help="The figures that the task asks for.")
]
Limit = Annotated[int, typer.Option("--limit", "-n", metavar="NUMBER", parser=parse_number, help="At most so many.")]
WithStruck = Annotated[bool, typer.Option("--struck", help="Also those that were struck.")]
WithSources = Annotated[bool, typer.Option("--sources", help="Also the query that each figure comes from.")]


@app.command()
def columns(
    ledger: Annotated[
        LedgerCode | None, typer.Argument(metavar="[LEDGER]", help="The ledger; all of them where none is named.")
    ] = None,
    home: Home = None,
) -> None:
    """List the columns of a ledger: what each takes, and what may be left out.

    Example: rollcall ledger columns visits
    """
    from cli.opening import settings_at
    from cli.views.ledgers import print_columns

    print_columns([ledger] if ledger else list(LedgerCode), settings_at(home).language)


@app.command()
def add(
    ledger: Ledger,
    said: Columns,
    campaign: CampaignCode,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Write an entry into a ledger.

    Example: rollcall ledger add visits -c baoding-2009 branch=130622-001 day=2009-10-12 way=lecture persons=3
    """
    from actions.enter import enter
    from cli.shapes.ledgers import EntryNumberShape
    from config.ledgers.all import LEDGERS
    from config.ledgers.writing import make_entry

    entry = make_entry(LEDGERS[ledger], parse_columns(said))
    with house_at(home) as house:
        (number,) = enter(house, campaign, [entry], actor=actor(by), now=instant(at))
    if as_json:
        print_json(EntryNumberShape(ledger, number))
    else:
        tell(Said("{ledger} {number}: entered", ledger=ledger, number=number))


@app.command()
def visit(
    said: Columns,
    campaign: CampaignCode,
    problem: FoundTitle = None,
    category: Category = None,
    owner: Owner = None,
    due: Due = None,
    task: DoneTask = None,
    figures: Figures = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Log a visit, and with it the problem that was found and the task that was completed.

    Example: rollcall ledger visit -c baoding-2009 branch=130622-001 day=2009-10-12 way=files persons=2 --problem leak
    """
    from actions.log_visit import DoneOnVisit, FoundOnVisit, log_visit
    from cli.shapes.ledgers import VisitNumberShape
    from config.ledgers.visit import VisitEntry
    from config.ledgers.writing import make_entry

    entry = make_entry(VisitEntry, parse_columns(said))
    found = FoundOnVisit(problem, category, owner, due) if problem else None
    done = DoneOnVisit(task, parse_figures(figures or ())) if task else None
    with house_at(home) as house:
        logged = log_visit(house, campaign, entry, found=found, done=done, actor=actor(by), now=instant(at))
    if as_json:
        print_json(VisitNumberShape(logged.visit, logged.problem))
    else:
        told = Said("{ledger} {number}: entered", ledger=LedgerCode.VISITS, number=logged.visit)
        tell(Said("{told}, problem {number} recorded", told=told, number=logged.problem) if logged.problem else told)


@app.command()
def amend(
    ledger: Ledger,
    number: Number,
    said: Columns,
    campaign: CampaignCode,
    reason: Reason,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Correct an entry: the columns that are named take new values, a column without a value is emptied.

    Example: rollcall ledger amend visits 12 -c baoding-2009 persons=4 --reason "one was forgotten"
    """
    from actions.amend import amend as put_right
    from actions.reading.ledgers import read_entry
    from config.ledgers.all import LEDGERS
    from config.ledgers.writing import make_entry

    with house_at(home) as house:
        stands = read_entry(house, campaign, ledger, number).entry.model_dump()
        entry = make_entry(LEDGERS[ledger], {**stands, **parse_columns(said)})
        changed = put_right(house, campaign, number, entry, reason=reason, actor=actor(by), now=instant(at))
    told = Said("corrected") if changed else Said("says that already")
    tell(Said("{ledger} {number}: {told}", ledger=ledger, number=number, told=told))


@app.command()
def strike(
    ledger: Ledger,
    number: Number,
    campaign: CampaignCode,
    reason: Reason,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Strike an entry: it stays on record, and counts nowhere.

    Example: rollcall ledger strike visits 12 -c baoding-2009 --reason "entered twice"
    """
    from actions.strike import strike as take_out

    with house_at(home) as house:
        take_out(house, campaign, ledger, number, reason=reason, actor=actor(by), now=instant(at))
    tell(Said("{ledger} {number}: struck", ledger=ledger, number=number))


@app.command(name="list")
def list_entries(
    ledger: Ledger,
    campaign: CampaignCode,
    unit: UnitName = None,
    branch: OneBranch = None,
    since: Since = None,
    until: Until = None,
    struck: WithStruck = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the entries of a ledger.

    Example: rollcall ledger list visits -c baoding-2009 --unit 清苑县 --since 2009-10-01
    """
    from actions.reading.ledgers import EntryFilter, read_whole_ledger
    from cli.views.ledgers import entry_shape, print_entries

    asked = EntryFilter(unit, branch, since, until, struck)
    with house_at(home) as house:
        found = read_whole_ledger(house, campaign, ledger, asked)
        if as_json:
            print_json_list(map(entry_shape, found))
        else:
            print_entries(ledger, found, house.settings.language)


@app.command()
def figures(
    campaign: CampaignCode,
    unit: UnitName = None,
    since: Since = None,
    until: Until = None,
    sources: WithSources = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Add up what was recorded: every figure of the reports, each by one query.

    Example: rollcall ledger figures -c baoding-2009 --unit 清苑县 --sources
    """
    from actions.reading.measures import read_measures
    from cli.views.ledgers import figure_shapes, print_figures

    with house_at(home) as house:
        found = read_measures(house, campaign, unit=unit, since=since, until=until)
        if as_json:
            print_json(figure_shapes(found))
        else:
            print_figures(found, house.settings.language, with_sources=sources)


@app.command()
def targets(
    campaign: CampaignCode, unit: UnitName = None, home: Home = None, as_json: AsJson = False, at: At = None
) -> None:
    """List what units are to reach, who answers for it, and how far they are.

    Example: rollcall ledger targets -c baoding-2009
    """
    from actions.reading.targets import read_targets
    from cli.views.ledgers import print_targets, target_shapes

    with house_at(home) as house:
        found = read_targets(house, campaign, unit=unit, now=instant(at))
        if as_json:
            print_json(target_shapes(found))
        else:
            print_targets(found, house.settings.language)


@app.command()
def prospects(
    campaign: CampaignCode, unit: UnitName = None, limit: Limit = 200, home: Home = None, as_json: AsJson = False
) -> None:
    """List the enterprises that can found a branch, those that come first at the top.

    Example: rollcall ledger prospects -c baoding-2009
    """
    from actions.reading.prospects import read_prospects
    from cli.views.ledgers import print_prospects, prospect_shapes

    with house_at(home) as house:
        found = read_prospects(house, campaign, unit=unit, limit=limit)
        if as_json:
            print_json(prospect_shapes(found.rows))
        else:
            print_prospects(found.rows, house.settings.language)
    if found.following:
        remark([Said("these are the first {count}; --limit shows more", count=limit)])


@app.command()
def coverage(campaign: CampaignCode, unit: UnitName = None, home: Home = None, as_json: AsJson = False) -> None:
    """Show how many of the enterprises have an organisation, by unit, and which counts do not agree.

    A unit is counted with all below it, or with alone=true by itself. Where those below were counted too, theirs count.

    Example: rollcall ledger coverage -c quanzhou
    """
    from actions.reading.coverage import read_coverage
    from cli.views.ledgers import coverage_shape, print_coverage

    with house_at(home) as house:
        found = read_coverage(house, campaign, unit=unit)
        if as_json:
            print_json(coverage_shape(found))
        else:
            print_coverage(found, house.settings.language)
