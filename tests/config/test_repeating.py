"""A stage that repeats stands for several, each with its own days and with what is different at its time."""

from datetime import date
from pathlib import Path

import pytest

from config.definition.file import load_definition
from config.definition.repeating import RepeatSpec
from config.definition.schema import Definition
from config.definition.text import Text
from config.definition.writing import definition_text
from config.said import Said
from config.vocabulary import Period
from tests.config.campaigns import SMALL, faults_of, saved

YEARLY = """\
  - code: q
    title: {zh: "第{number}季度", en: "Quarter {number}"}
    opens: 2027-04-01
    lasts: 10 workdays
    repeats:
      every: quarter
      times: 4
      but:
        - {time: 3, opens: 2027-10-08, gate: {done: 50%}}
        - {time: 4, guidance: The last one}
    tasks:
      - {code: plan, title: Plan, due: close, only: [1]}
      - code: count
        title: Count
        due: 3 workdays after open
        figures: [members, founded]
        rules: [founded <= members, members never falls]
"""
RETURNS = SMALL[: SMALL.index("  - code: mobilization")] + YEARLY


def returns(folder: Path) -> Definition:
    return load_definition(saved(folder, RETURNS)).definition


def test_each_time_has_its_own_code_title_and_days(tmp_path: Path) -> None:
    stages = returns(tmp_path).stages
    assert [(stage.code, stage.title, str(stage.opens)) for stage in stages] == [
        ("q1", Text(zh="第一季度", en="Quarter 1"), "2027-04-01"),
        ("q2", Text(zh="第二季度", en="Quarter 2"), "2027-07-01"),
        ("q3", Text(zh="第三季度", en="Quarter 3"), "2027-10-08"),
        ("q4", Text(zh="第四季度", en="Quarter 4"), "2028-01-01"),
    ]


def test_a_time_says_only_what_is_different(tmp_path: Path) -> None:
    stages = returns(tmp_path).stages
    assert [str(stage.gate.done) for stage in stages] == ["None", "None", "0.50", "None"]
    assert [bool(stage.guidance) for stage in stages] == [False, False, False, True]
    assert [[task.code for task in stage.tasks] for stage in stages] == [
        ["plan", "count"],
        ["count"],
        ["count"],
        ["count"],
    ]


def test_each_time_knows_the_days_that_it_speaks_of_and_what_came_before(tmp_path: Path) -> None:
    periods = [stage.period for stage in returns(tmp_path).stages]
    assert [(str(each.since), str(each.until), each.follows) for each in periods if each] == [
        ("2027-01-01", "2027-03-31", None),
        ("2027-04-01", "2027-06-30", "q1"),
        ("2027-07-01", "2027-09-30", "q2"),
        ("2027-10-01", "2027-12-31", "q3"),
    ]


def test_what_is_written_out_is_read_again_as_the_same(tmp_path: Path) -> None:
    definition = returns(tmp_path)
    again = load_definition(saved(tmp_path, definition_text(definition), "again.yaml")).definition
    assert again == definition
    assert Definition.model_validate_json(definition.model_dump_json()) == definition


@pytest.mark.parametrize(
    ("every", "first", "opens", "covers"),
    [
        (Period.MONTH, "2027-01-31", "2027-02-28", ("2027-01-01", "2027-01-31")),
        (Period.MONTH, "2027-12-03", "2028-01-03", ("2027-12-01", "2027-12-31")),
        (Period.QUARTER, "2027-11-30", "2028-02-29", ("2027-10-01", "2027-12-31")),
        (Period.HALF_YEAR, "2027-01-04", "2027-07-04", ("2027-01-01", "2027-06-30")),
        (Period.YEAR, "2028-02-29", "2029-02-28", ("2028-01-01", "2028-12-31")),
    ],
)
def test_the_second_time_comes_by_the_calendar(every: Period, first: str, opens: str, covers: tuple[str, str]) -> None:
    repeats, day = RepeatSpec(every=every, times=2), date.fromisoformat(first)
    period = repeats.period(day, 2, "q1")
    assert str(repeats.opening(day, 2)) == opens
    assert (str(period.since), str(period.until)) == covers


FAULTS = [
    ("opens: 2027-04-01", "opens: wave", "14: stages[0]: q repeats, so it opens on a date: that of the first time"),
    (
        "every: quarter",
        "every: week",
        '19: stages[0].repeats.every: must be one of month, quarter, half_year, year, not "week"',
    ),
    ("times: 4", "times: 13", "20: stages[0].repeats.times: must be at most 12, not 13"),
    ("times: 4", "times: 3", "18: stages[0].repeats: but: there is no time 4; it comes 3 times"),
    ("time: 4", "time: 3", "18: stages[0].repeats: but: time 3 stands there twice"),
    ("time: 4", "tine: 4", '23: stages[0].repeats.but[1].tine: unknown key; did you mean "time"?'),
    ("only: [1]", "only: [5]", "25: stages[0].tasks[0].only[0]: there is no time 5"),
    ("only: [1]", "only: [0]", "25: stages[0].tasks[0].only[0]: must be at least 1, not 0"),
    ("code: count", "code: plan", "26: stages[0].tasks[1].code: there is a task plan already"),
    (
        "gate: {done: 50%}",
        "gate: {solved: 50%}",
        "14: stages[0]: gate.solved is for a rectification stage, and q is plain",
    ),
    ("founded <= members", "found <= members", "30: stages[0].tasks[1].rules[0]: the task asks for no figure found"),
    (
        "founded <= members",
        "founded < members",
        '30: stages[0].tasks[1].rules[0]: cannot read "founded < members"; write it like',
    ),
    (
        "founded <= members",
        "founded = founded + members",
        "30: stages[0].tasks[1].rules[0]: founded stands in the rule twice",
    ),
    (
        YEARLY,
        YEARLY + "  - {code: q2, opens: wave, lasts: 1 day}\n",
        "31: stages[1].code: there is a stage q2 already",
    ),
    (
        YEARLY,
        YEARLY + "  - {code: end, opens: after q5, lasts: 1 day}\n",
        "31: stages[1].opens: waits for a stage q5 that is not there (there are: q1, q2, q3, q4, end)",
    ),
    (
        YEARLY,
        YEARLY
        + "  - {code: end, opens: wave, lasts: 1 day, period: {since: 2027-01-01, until: 2027-03-31, follows: q9}}\n",
        "31: stages[1].period.follows: there is no stage q9 further up",
    ),
    (
        "founded]",
        "{code: founded, from: lost}]",
        '29: stages[0].tasks[1].figures[1].from: "lost" is nowhere to take a value from; write last, or a measure',
    ),
    ("repeats:\n", "repeat:\n", '18: stages[0].repeat: unknown key; did you mean "repeats"?'),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS, ids=[told[:70] for _, _, told in FAULTS])
def test_a_fault_is_told_where_it_is_written(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert RETURNS.count(old) == 1, old
    found = faults_of(saved(tmp_path, RETURNS.replace(old, new)))
    assert any(line.startswith(f"small.yaml:{told}") for line in found), found


def test_a_rule_cannot_look_back_where_nothing_repeats(tmp_path: Path) -> None:
    text = SMALL.replace("visitors]}", "visitors], rules: [members never falls]}")
    (fault,) = faults_of(saved(tmp_path, text))
    assert fault == (
        "small.yaml:19: stages[0].tasks[0].rules[0]: looks back to the period before, and the stage does not repeat"
    )


def test_what_does_not_fit_later_is_told_where_it_is_written(tmp_path: Path) -> None:
    loaded = load_definition(saved(tmp_path, RETURNS))
    places = {
        ("stages", 2, "opens"): (22, "stages[0].repeats.but[0].opens"),
        ("stages", 3, "opens"): (16, "stages[0].opens"),
        ("stages", 0, "tasks", 1, "due"): (28, "stages[0].tasks[1].due"),
        ("stages", 1, "tasks", 0, "due"): (28, "stages[0].tasks[1].due"),
    }
    told = {path: loaded.fault(path, Said("late")) for path in places}
    assert {path: (fault.line, fault.key) for path, fault in told.items()} == places
