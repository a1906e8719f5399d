"""Who is below the pace of a study window."""

from collections.abc import Sequence

from actions.reading.pace import Pace
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.campaigns import BehindShape, PaceShape
from config.vocabulary import Language
from notifications.writing.wording import say_share


def pace_shapes(paces: Sequence[Pace]) -> tuple[PaceShape, ...]:
    """Give the paces as `campaign pace --json` prints them."""
    return tuple(
        PaceShape(
            window=pace.window,
            asked=float(pace.asked),
            behind=tuple(
                BehindShape(branch.branch, branch.name, branch.unit, branch.done, branch.total)
                for branch in pace.behind
            ),
        )
        for pace in paces
    )


def print_paces(paces: Sequence[Pace], language: Language) -> None:
    """Print a table for each window: the share that is asked, and the branches below it."""
    for pace in paces:
        listed = table(
            language,
            *(Label.UNIT, Label.BRANCH),
            right=(Label.DONE,),
            title=f"{pace.window}: {say_share(float(pace.asked), language)}",
        )
        for branch in pace.behind:
            listed.add_row(branch.unit, f"{branch.name}\n{branch.branch}", f"{branch.done}/{branch.total}")
        console().print(listed)
