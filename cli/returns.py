"""`rollcall return`: forms that come each quarter, passed on from unit to unit."""

from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, BranchCode, By, CampaignCode, Home, Reason
from cli.printing import print_json, tell
from cli.values import parse_figures, parse_number, words
from rules.words import LONGEST_REASON

app = typer.Typer(help="Pass the figures of a quarter on from unit to unit, look at them, and correct them.")

StageCode = Annotated[str, typer.Option("--stage", "-s", metavar="CODE", help="The stage, such as q1.")]
UnitCode = Annotated[str, typer.Option("--unit", "-u", metavar="CODE", help="The unit, by its code or unique name.")]
OneUnit = Annotated[str | None, typer.Option("--unit", "-u", metavar="CODE", help="This unit and those below alone.")]
Version = Annotated[
    int | None,
    typer.Option("--version", metavar="NUMBER", parser=parse_number, help="This version; else the one that stands."),
]
Incomplete = Annotated[
    bool, typer.Option("--incomplete", help="Pass it on although somebody is missing or a figure fell; needs a reason.")
]
Why = Annotated[
    str | None,
    typer.Option("--reason", metavar="TEXT", parser=words(LONGEST_REASON), help="Why; it goes on record."),
]
WrongUnit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="CODE", help="The unit in whose return somebody was missing.")
]
OneBranch = Annotated[str | None, typer.Option("--branch", "-b", metavar="CODE", help="The branch that was wrong.")]
OneTask = Annotated[str | None, typer.Option("--task", "-t", metavar="CODE", help="The task that it answered wrong.")]
Figures = Annotated[
    list[str] | None,
    typer.Option(
        "--figures",
        "--figure",
        "-f",
        metavar="CODE=NUMBER",
        help="What is right; may be repeated. Without any, the answer is taken back.",
    ),
]


@app.command(name="list")
def list_returns(
    campaign: CampaignCode, stage: StageCode, unit: OneUnit = None, home: Home = None, as_json: AsJson = False
) -> None:
    """List the units at work in a stage, and whether they have passed it on.

    Example: rollcall return list --campaign quarterly-return --stage q1
    """
    from actions.reading.return_list import read_returns
    from cli.views.returns import print_returns, return_line_shapes

    with house_at(home) as house:
        found, language = read_returns(house, campaign, stage, unit=unit), house.settings.language
    if as_json:
        print_json(return_line_shapes(found))
    else:
        print_returns(found, language)


@app.command()
def show(
    campaign: CampaignCode,
    stage: StageCode,
    unit: UnitCode,
    version: Version = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the return of a unit: what it passed on, or would now, by its parts, and who is missing.

    Example: rollcall return show --campaign quarterly-return --stage q1 --unit 130622
    """
    from actions.reading.returns import read_return
    from cli.views.returns import print_return, return_shape

    with house_at(home) as house:
        found, language = read_return(house, campaign, stage, unit, version=version), house.settings.language
    if as_json:
        print_json(return_shape(found))
    else:
        print_return(found, language)


@app.command()
def propose(
    campaign: CampaignCode, branch: BranchCode, home: Home = None, as_json: AsJson = False, at: At = None
) -> None:
    """Show what the forms of a branch propose: figures of the period before, and of the ledgers.

    Example: rollcall return propose --campaign quarterly-return --branch 130622-001
    """
    from actions.reading.branches import read_branch
    from cli.views.returns import print_suggestions, suggestion_shapes

    with house_at(home) as house:
        found, language = read_branch(house, campaign, branch, now=instant(at)), house.settings.language
    if as_json:
        print_json(suggestion_shapes(found))
    else:
        print_suggestions(found, language)


@app.command(name="pass-on")
def pass_on(
    campaign: CampaignCode,
    stage: StageCode,
    unit: UnitCode,
    incomplete: Incomplete = False,
    reason: Why = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Pass the figures of a unit on: from then on they stay, until they are corrected. Doing it again is harmless.

    Example: rollcall return pass-on --campaign quarterly-return --stage q1 --unit 130622
    """
    from actions.pass_on import pass_on as pass_return_on
    from cli.views.returns import passed_on_line, passed_on_shape

    with house_at(home) as house:
        passed = pass_return_on(
            house, campaign, stage, unit, actor=actor(by), now=instant(at), incomplete=incomplete, reason=reason
        )
    if as_json:
        print_json(passed_on_shape(passed))
    else:
        tell(passed_on_line(passed))


@app.command()
def correct(
    campaign: CampaignCode,
    stage: StageCode,
    reason: Reason,
    unit: WrongUnit = None,
    branch: OneBranch = None,
    task: OneTask = None,
    figures: Figures = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Correct what was passed on: a branch's answer, or a unit's return for what was missing in it.

    Example: rollcall return correct --campaign quarterly-return --stage q1 --branch 130622-001 --task growth
    --figures people_trained=12 --reason "counted twice"
    """
    from actions.correct_return import Correction, correct_return
    from actions.open_return import open_return
    from cli.shapes.returns import CorrectedShape
    from cli.views.returns import corrected_line

    given = parse_figures(figures or ())
    of_a_branch = branch is not None and task is not None and unit is None
    if not of_a_branch and (unit is None or branch or task or given):
        raise typer.BadParameter("say what to correct: --branch and --task with the figures, or --unit alone")
    with house_at(home) as house:
        if branch is not None and task is not None:
            correction = Correction(branch, stage, task, given)
            units = correct_return(house, campaign, correction, reason=reason, actor=actor(by), now=instant(at))
        else:
            units = open_return(house, campaign, stage, unit or "", reason=reason, actor=actor(by), now=instant(at))
    if as_json:
        print_json(CorrectedShape(units))
    else:
        tell(corrected_line(units))
