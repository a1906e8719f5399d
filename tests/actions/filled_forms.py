"""A trial at work, and workbooks of its answers that were filled in offline."""

from pathlib import Path
from typing import Any

import pytest

from actions.house import House
from actions.reading.tasks import TaskState, read_tasks
from actions.take_answers import TakenAnswers, take_answers
from config.sheets import Source
from sheets.answers.filled import read_form
from tests.factories import CAMPAIGN, at

LATER, LAST = at("2009-09-16 10:00"), at("2009-09-17 10:00")
SURVEY, TRAINING = "mobilization/survey", "mobilization/training"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ASKING = CAMPAIGN.replace(
    "figures: [members]}",
    "figures: [{code: members, maximum: 100}, {code: spent, kind: amount, required: false}]}",
).replace("title: {zh: 培训, en: Training}", "title: {zh: 培训, en: Training}, evidence: true")
"""The trial, whose survey takes an amount too, and whose training needs a photo."""


def take(house: House, file: Path, *, actor: str = "li", now: Any = LATER, **asked: Any) -> TakenAnswers:
    return take_answers(house, read_form(Source.of_file(file)), actor=actor, now=now, **asked)


def state_of(house: House, branch: str, task: str) -> TaskState:
    tasks = read_tasks(house, "trial", branch, now=LATER).tasks
    return next(state for state in tasks if f"{state.stage}/{state.task}" == task)


def stays(taken: TakenAnswers) -> list[tuple[str, str, str]]:
    """What was not taken: the cell, what stands in it, and why."""
    return [(kept.cell.at, kept.cell.text, str(kept.reason)) for kept in taken.kept]
