"""The problems of a campaign."""

from actions.reading.problems import CampaignProblems
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.work import ProblemShape
from config.spoken import say
from config.vocabulary import Language


def problem_shapes(found: CampaignProblems) -> tuple[ProblemShape, ...]:
    """Give the problems as `problem list --json` prints them."""
    return tuple(
        ProblemShape(
            problem=problem.number,
            branch=problem.branch,
            stage=problem.stage,
            title=problem.title,
            owner=problem.owner,
            due=problem.due_at,
            status=problem.status,
            late=problem.late,
            found_at=problem.found_at,
            found_by=problem.found_by,
            solved_at=problem.solved_at,
            solved_by=problem.solved_by,
            note=problem.note,
        )
        for problem in found.problems
    )


def print_problems(found: CampaignProblems, language: Language) -> None:
    """Print the problems as a table, with the last day for solving each."""
    listed = table(
        language,
        *(Label.NUMBER, Label.PROBLEM, Label.BRANCH, Label.OWNER, Label.LAST_DAY, Label.STATUS),
        title=found.campaign.of(language),
    )
    for problem in found.problems:
        listed.add_row(
            str(problem.number),
            problem.title,
            f"{problem.branch_name}\n{problem.branch}",
            problem.owner or "",
            str(problem.last_day or ""),
            say(problem.status, language) + (f"\n{Label.OVERDUE.of(language)}" if problem.late else ""),
        )
    console().print(listed)
