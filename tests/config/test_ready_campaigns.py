"""The campaigns that come with the product: they fit together, land on the right days and speak both languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from config.calendars import Calendar, load_calendar
from config.definition.file import find_campaign, load_definition, ready_campaigns
from config.definition.json_schema import json_schema
from config.definition.schema import Definition
from config.definition.text import Text
from config.documents import read_document
from config.errors import CampaignFileError
from config.vocabulary import DueAnchor, FigureKind, Otherwise, StageKind
from rules.schedule import find_faults, find_warnings, plan_windows

LAUNCH_DAY = date(2026, 11, 23)


def launched(code: str, day: date = LAUNCH_DAY) -> tuple[Definition, Calendar]:
    definition = load_definition(find_campaign(code)).definition
    calendar = load_calendar(definition.calendar)
    return definition.resolve(day, calendar), calendar


def windows(code: str, day: date = LAUNCH_DAY) -> dict[str, str]:
    planned = plan_windows(*launched(code, day))
    return {f"{window.stage}/{window.wave}": f"{window.days.first} to {window.days.last}" for window in planned}


def test_there_are_four_of_them() -> None:
    assert ready_campaigns() == ("baoding-2009", "baoding-demo", "data-protection-audit", "quarterly-return")


@pytest.mark.parametrize("code", ready_campaigns())
def test_each_is_called_as_its_file_and_has_no_faults(code: str) -> None:
    definition, calendar = launched(code)
    assert definition.code == code
    assert find_faults(definition, calendar) == ()


def _texts(part: object, place: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _texts(getattr(part, name), f"{place}.{name}")
    elif isinstance(part, tuple):
        for i, item in enumerate(part):
            yield from _texts(item, f"{place}[{i}]")


@pytest.mark.parametrize("code", ready_campaigns())
def test_each_says_everything_in_both_languages(code: str) -> None:
    texts = dict(_texts(launched(code)[0]))
    assert len(texts) > 20
    assert [place for place, text in texts.items() if not text.zh or not text.en or text.zh == text.en] == []


@pytest.mark.parametrize("code", ready_campaigns())
def test_each_is_right_in_the_eyes_of_an_editor(code: str) -> None:
    jsonschema.validate(_as_an_editor_reads(read_document(find_campaign(code), CampaignFileError).value), json_schema())


def _as_an_editor_reads(value: Any) -> Any:
    """Turn the words true, false and whole numbers, which the product reads as text at first, into what they mean."""
    if isinstance(value, dict):
        return {key: _as_an_editor_reads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_an_editor_reads(item) for item in value]
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdecimal() else value


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"code": "x", "extends": "y", "stage": []}, []),
        ({"code": "x"}, []),
        (
            {"code": "x", "extends": "y", "stages": [{"code": "s", "opens": "later", "lasts": "1 day"}]},
            ["stages", 0, "opens"],
        ),
        ({"code": "x", "extends": "y", "waves": [{"code": "s", "starts": "soon"}]}, ["waves", 0, "starts"]),
        (
            {"code": "x", "extends": "y", "reminders": {"rungs": [{"at": "due", "to": ["all"]}]}},
            ["reminders", "rungs", 0, "to", 0],
        ),
    ],
    ids=["an unknown key", "half a campaign", "an opening", "a start", "a role"],
)
def test_an_editor_finds_what_is_wrong(said: dict[str, Any], path: list[str | int]) -> None:
    with pytest.raises(jsonschema.ValidationError) as found:
        jsonschema.validate(said, json_schema())
    assert list(found.value.absolute_path) == path


def test_every_key_is_explained_to_an_editor() -> None:
    schema = json_schema()
    objects = [schema, *(each["anyOf"][1] if "anyOf" in each else each for each in schema["$defs"].values())]
    named = [(each["title"], name, key) for each in objects for name, key in each.get("properties", {}).items()]
    assert len(named) > 40
    assert [(part, name) for part, name, key in named if "description" not in key and "$ref" not in key] == []


def test_the_city_campaign_lands_on_its_days() -> None:
    assert windows("baoding-2009") == {
        "mobilization/pilot": "2009-09-07 to 2009-09-24",
        "mobilization/main": "2009-09-14 to 2009-09-30",
        "study/pilot": "2009-09-27 to 2009-11-09",
        "study/main": "2009-10-09 to 2009-11-13",
        "analysis/pilot": "2009-11-11 to 2009-12-08",
        "analysis/main": "2009-11-16 to 2009-12-11",
        "rectification/pilot": "2009-12-10 to 2010-01-14",
        "rectification/main": "2009-12-14 to 2010-01-18",
    }


def test_the_city_campaign_has_twenty_tasks_and_shows_both_ways_of_a_gate() -> None:
    definition, _ = launched("baoding-2009")
    assert [len(stage.tasks) for stage in definition.stages] == [5, 5, 5, 5]
    assert [str(stage.gate.done) for stage in definition.stages] == ["0.95", "0.90", "0.90", "0.90"]
    assert [stage.code for stage in definition.stages if stage.gate.approval] == ["analysis"]
    assert [stage.code for stage in definition.stages if stage.gate.otherwise is Otherwise.CLOSE] == ["study"]
    assert all(stage.guidance and stage.check_points for stage in definition.stages)
    assert all(task.guidance for stage in definition.stages for task in stage.tasks)


@pytest.mark.parametrize("code", ready_campaigns())
def test_every_figure_that_is_declared_is_asked_for(code: str) -> None:
    definition, _ = launched(code)
    asked = {figure.code for stage in definition.stages for task in stage.tasks for figure in task.figures}
    assert asked == {figure.code for figure in definition.figures}


def test_the_demonstration_has_come_to_its_third_stage_when_it_is_launched() -> None:
    planned = plan_windows(*launched("baoding-demo"))
    under_way = {window.stage for window in planned if window.days.first <= LAUNCH_DAY <= window.days.last}
    assert under_way == {"analysis"}


def test_the_demonstration_warns_that_it_runs_past_what_its_calendar_knows() -> None:
    ((path, warning),) = find_warnings(*launched("baoding-demo"))
    assert path == ("calendar",)
    assert "CN is confirmed through 2026-12-31" in warning
    assert find_warnings(*launched("baoding-2009")) == ()


def test_a_quarterly_return_is_four_plain_stages_on_their_dates() -> None:
    definition, _ = launched("quarterly-return")
    assert [(stage.kind, stage.opens.day) for stage in definition.stages] == [
        (StageKind.PLAIN, date(2027, 4, 1)),
        (StageKind.PLAIN, date(2027, 7, 1)),
        (StageKind.PLAIN, date(2027, 10, 8)),
        (StageKind.PLAIN, date(2028, 1, 4)),
    ]
    tasks = [task for stage in definition.stages for task in stage.tasks]
    assert [task.code for task in tasks if task.due.anchor is DueAnchor.DATE] == ["targets"]
    assert {figure.code for task in tasks for figure in task.figures if figure.kind is FigureKind.AMOUNT} == {"dues"}


def test_an_audit_gives_its_own_names_to_the_work_of_built_in_kinds() -> None:
    definition, _ = launched("data-protection-audit")
    assert [(stage.code, stage.kind) for stage in definition.stages] == [
        ("inventory", StageKind.PLAIN),
        ("assessment", StageKind.ANALYSIS),
        ("remediation", StageKind.RECTIFICATION),
        ("sign-off", StageKind.PLAIN),
    ]
    assert windows("data-protection-audit")["assessment/all"] == "2026-12-16 to 2027-01-14"
