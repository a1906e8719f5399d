"""`rollcall problem`: what branches found, and what became of it."""

from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, BranchCode, By, CampaignCode, Category, Due, Home, Measures, Note, Owner, UnitName
from cli.printing import print_json, tell
from cli.values import parse_number, words
from config.said import Said
from config.vocabulary import ProblemStatus
from rules.words import LONGEST_TITLE

app = typer.Typer(help="Record problems, give them an owner and a date, solve them, or say that there are none.")

Number = Annotated[
    int, typer.Argument(metavar="NUMBER", parser=parse_number, help="The problem's number in the campaign.")
]
Numbers = Annotated[list[int], typer.Argument(metavar="NUMBER...", parser=parse_number, help="The problems' numbers.")]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", parser=words(LONGEST_TITLE), help="What the problem is, in a line.")
]
OneBranch = Annotated[str | None, typer.Option("--branch", "-b", metavar="CODE", help="Those of this branch alone.")]
OneStatus = Annotated[ProblemStatus | None, typer.Option("--status", help="Those that stand like this alone.")]


@app.command()
def add(
    campaign: CampaignCode,
    branch: BranchCode,
    title: Title,
    owner: Owner = None,
    due: Due = None,
    category: Category = None,
    measures: Measures = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Record a problem that a branch found; owner and date may follow.

    Example: rollcall problem add --campaign baoding-2009 --branch 130622-001 --title "no room for meetings"
    """
    from actions.add_problem import Finding, add_problems
    from cli.shapes.work import NumberShape

    finding = Finding(branch, title, instant(at), actor(by), owner, due, category, measures)
    with house_at(home) as house:
        (number,) = add_problems(house, campaign, [finding])
    if as_json:
        print_json(NumberShape(number))
    else:
        tell(Said("problem {number} recorded for {branch}", number=number, branch=branch))


@app.command()
def assign(
    campaign: CampaignCode,
    number: Number,
    owner: Owner = None,
    due: Due = None,
    category: Category = None,
    measures: Measures = None,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Give an open problem its owner, its date, its category, or the measures against it.

    Example: rollcall problem assign 12 --campaign baoding-2009 --owner 李敏 --due 2009-12-18
    """
    from actions.assign_problem import assign_problem

    if not (owner or due or category or measures):
        raise typer.BadParameter("say what to set: --owner, --due, --category or --measures")
    with house_at(home) as house:
        assign_problem(
            house,
            campaign,
            number,
            owner=owner,
            due=due,
            category=category,
            measures=measures,
            actor=actor(by),
            now=instant(at),
        )
    tell(Said("problem {number}: assigned", number=number))


@app.command()
def solve(
    campaign: CampaignCode,
    numbers: Numbers,
    note: Note = None,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Mark problems as solved. Doing it again is harmless.

    Example: rollcall problem solve 12 13 --campaign baoding-2009 --note "room rented"
    """
    from actions.solve_problem import Solution, solve_problems

    solutions = [Solution(number, instant(at), actor(by), note) for number in numbers]
    with house_at(home) as house:
        solved = solve_problems(house, campaign, solutions)
    tell(Said("{solved} solved, {before} were solved already", solved=solved, before=len(solutions) - solved))


@app.command()
def verify(campaign: CampaignCode, number: Number, home: Home = None, at: At = None, by: By = None) -> None:
    """Put on record that a solved problem was looked at and is really solved.

    Example: rollcall problem verify 12 --campaign baoding-2009
    """
    from actions.verify_problem import verify_problem

    with house_at(home) as house:
        is_new = verify_problem(house, campaign, number, actor=actor(by), now=instant(at))
    told = Said("verified") if is_new else Said("was verified already")
    tell(Said("problem {number}: {told}", number=number, told=told))


@app.command()
def shares(campaign: CampaignCode, unit: UnitName = None, home: Home = None, as_json: AsJson = False) -> None:
    """Show how much of what was found is solved, by unit and category.

    Example: rollcall problem shares --campaign baoding-2009
    """
    from actions.reading.problem_shares import read_problem_shares
    from cli.views.problems import print_shares, share_shapes

    with house_at(home) as house:
        found = read_problem_shares(house, campaign, unit=unit)
        if as_json:
            print_json(share_shapes(found))
        else:
            print_shares(found, house.settings.language)


@app.command(name="none")
def declare_none(campaign: CampaignCode, branch: BranchCode, home: Home = None, at: At = None, by: By = None) -> None:
    """Put on record that a branch looked and found no problems.

    Example: rollcall problem none --campaign baoding-2009 --branch 130622-001
    """
    from actions.declare_no_problems import Declaration, declare_no_problems

    with house_at(home) as house:
        declared = declare_no_problems(house, campaign, [Declaration(branch, instant(at), actor(by))])
    told = Said("no problems, on record") if declared else Said("that is on record already")
    tell(Said("{branch}: {told}", branch=branch, told=told))


@app.command(name="list")
def list_problems(
    campaign: CampaignCode,
    unit: UnitName = None,
    branch: OneBranch = None,
    status: OneStatus = None,
    category: Category = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
) -> None:
    """List the problems of a campaign.

    Example: rollcall problem list --campaign baoding-2009 --status open
    """
    from actions.reading.problems import ProblemFilter, read_problems
    from cli.views.problems import print_problems, problem_shapes

    with house_at(home) as house:
        found = read_problems(house, campaign, ProblemFilter(unit, branch, status, category), now=instant(at))
        language = house.settings.language
    if as_json:
        print_json(problem_shapes(found))
    else:
        print_problems(found, language)
