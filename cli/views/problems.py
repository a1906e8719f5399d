"""The problems of a campaign."""

from collections.abc import Iterable

from actions.reading.problem_shares import ProblemShare
from actions.reading.problems import CampaignProblems, ProblemState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.work import ProblemShape, ShareShape
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
            category=problem.category,
            measures=problem.measures,
            verified_at=problem.verified_at,
            verified_by=problem.verified_by,
        )
        for problem in found.problems
    )


def print_problems(found: CampaignProblems, language: Language) -> None:
    """Print the problems as a table, with the last day for solving each."""
    listed = table(
        language,
        *(Label.NUMBER, Label.PROBLEM, Label.CATEGORY, Label.BRANCH, Label.OWNER, Label.LAST_DAY, Label.STATUS),
        title=found.campaign.of(language),
    )
    for problem in found.problems:
        listed.add_row(
            str(problem.number),
            problem.title,
            problem.category or "",
            f"{problem.branch_name}\n{problem.branch}",
            problem.owner or "",
            str(problem.last_day or ""),
            _standing(problem, language),
        )
    console().print(listed)


def share_shapes(found: Iterable[ProblemShare]) -> tuple[ShareShape, ...]:
    """Give shares as `problem shares --json` prints them."""
    return tuple(
        ShareShape(share.unit, share.category, share.found, share.solved, share.verified, share.solved_share)
        for share in found
    )


def print_shares(found: Iterable[ProblemShare], language: Language) -> None:
    """Print how many problems were found and solved, by unit and by category."""
    listed = table(
        language, Label.UNIT, Label.CATEGORY, right=[Label.FOUND, Label.SOLVED, Label.VERIFIED, Label.SOLVED_SHARE]
    )
    for share in found:
        listed.add_row(
            f"{share.unit_name}\n{share.unit}",
            share.category or "",
            f"{share.found:,}",
            f"{share.solved:,}",
            f"{share.verified:,}",
            f"{share.solved_share:.1%}",
        )
    console().print(listed)


def _standing(problem: ProblemState, language: Language) -> str:
    said = [say(problem.status, language)]
    if problem.verified_at is not None:
        said.append(Label.VERIFIED.of(language))
    if problem.late:
        said.append(Label.OVERDUE.of(language))
    return "\n".join(said)
