"""The tasks of a branch."""

from actions.reading.tasks import BranchTasks, TaskState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.returns import plain_figures
from cli.shapes.work import TaskShape
from config.spoken import say
from config.vocabulary import Language


def task_shapes(branch: BranchTasks, language: Language) -> tuple[TaskShape, ...]:
    """Give the tasks as `task list --json` prints them."""
    return tuple(
        TaskShape(
            stage=task.stage,
            task=task.task,
            title=task.title.of(language),
            due=task.due_at,
            status=task.status,
            done_at=task.done_at,
            done_by=task.done_by,
            late=task.late,
            figures=plain_figures(task.figures),
        )
        for task in branch.tasks
    )


def print_tasks(branch: BranchTasks, language: Language) -> None:
    """Print the tasks as a table, with the last allowed day of each."""
    listed = table(
        language,
        *(Label.TASK, Label.LAST_DAY, Label.STATUS, Label.DONE, Label.FIGURES),
        title=f"{branch.name} ({branch.branch})\n{branch.campaign.of(language)}",
    )
    for task in branch.tasks:
        listed.add_row(
            f"{task.title.of(language)}\n{task.stage}/{task.task}",
            str(task.last_day),
            say(task.standing, language),
            _done_cell(task),
            "\n".join(f"{code} {value}" for code, value in task.figures.items()),
        )
    console().print(listed)


def _done_cell(task: TaskState) -> str:
    return "" if task.done_on is None else f"{task.done_on}\n{task.done_by}"
