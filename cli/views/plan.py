"""The windows that a campaign file leads to."""

from collections.abc import Iterator

from actions.check import Checked
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.campaigns import PlannedWindowShape, PlanShape
from cli.views.windows import window_title
from config.vocabulary import Language
from rules.schedule import plan_windows


def plan_shape(checked: Checked, language: Language) -> PlanShape:
    """Give the plan as `campaign check --json` prints it."""
    definition = checked.definition
    return PlanShape(
        definition.code, definition.title.of(language), tuple(_windows(checked)), tuple(map(str, checked.warnings))
    )


def print_plan(checked: Checked, language: Language) -> None:
    """Print the plan as a table: the days are those of a campaign whose gates are all met in time."""
    definition = checked.definition
    plan = table(
        language,
        *(Label.STAGE, Label.WINDOW, Label.FIRST_DAY, Label.LAST_DAY),
        right=(Label.ASSIGNMENTS,),
        title=f"{definition.title.of(language)} ({definition.code})",
    )
    for window in _windows(checked):
        plan.add_row(
            window_title(definition, window.stage, window.wave, language),
            f"{window.stage}/{window.wave}",
            str(window.first_day),
            str(window.last_day),
            str(window.tasks),
        )
    console().print(plan)


def _windows(checked: Checked) -> Iterator[PlannedWindowShape]:
    for window in plan_windows(checked.definition, checked.calendar):
        tasks = len(checked.definition.stage(window.stage).tasks)
        yield PlannedWindowShape(window.stage, window.wave, window.days.first, window.days.last, tasks)
