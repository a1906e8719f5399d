"""What a campaign means where its file says nothing, and what it can be asked."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from config.calendars import load_calendar
from config.definition.file import find_campaign, load_definition, ready_campaigns
from config.definition.schema import Definition, FigureSpec, Reminders, Rung, StageSpec
from config.definition.text import Text
from config.errors import Refusal
from config.vocabulary import FigureKind, Language, OfficerRole, Otherwise, StageKind


def campaign(*stages: dict[str, Any], **said: Any) -> Definition:
    usual = {"code": "c", "title": "C", "timezone": "Asia/Shanghai", "calendar": "CN"}
    waves = [{"code": "main", "starts": "2009-09-14"}]
    return Definition.model_validate({**usual, "waves": waves, "stages": stages or [stage()], **said})


def stage(code: str = "mobilization", opens: str = "wave", **said: Any) -> dict[str, Any]:
    return {"code": code, "opens": opens, "lasts": "14 workdays", **said}


@pytest.mark.parametrize(
    ("said", "kind", "title"),
    [
        pytest.param(stage("study"), StageKind.STUDY, "Study", id="a built-in code"),
        pytest.param(stage("q1"), StageKind.PLAIN, "q1", id="a code of one's own"),
        pytest.param(stage("fix", kind="rectification"), StageKind.RECTIFICATION, "fix", id="a kind that is said"),
        pytest.param(
            stage("study", kind="plain", title="Reading"), StageKind.PLAIN, "Reading", id="a title that is said"
        ),
    ],
)
def test_a_stage_takes_kind_and_title_from_its_code(said: dict[str, Any], kind: StageKind, title: str) -> None:
    spec = StageSpec.model_validate(said)
    assert (spec.kind, spec.title.of(Language.EN)) == (kind, title)


def test_a_gate_of_which_nothing_is_said_asks_for_nothing_and_holds() -> None:
    gate = campaign().stages[0].gate
    assert (gate.done, gate.solved, gate.approval, gate.otherwise) == (None, None, False, Otherwise.HOLD)


def test_the_usual_ladder_chases_the_officer_then_the_group_then_the_coordinator_and_goes_on_ever_rarer() -> None:
    liaison, group, coordinator = OfficerRole.LIAISON, OfficerRole.GROUP, OfficerRole.COORDINATOR
    reminders = Reminders()
    assert [(str(rung.at), str(rung.every or ""), rung.times, rung.to) for rung in reminders.rungs] == [
        ("3 workdays before due", "", 1, (liaison,)),
        ("due", "", 1, (liaison,)),
        ("1 workday after due", "1 workday", 5, (liaison,)),
        ("3 workdays after due", "2 workdays", 3, (liaison, group)),
        ("7 workdays after due", "", 1, (coordinator,)),
        ("10 workdays after due", "5 workdays", 6, (liaison,)),
    ]
    assert [rung.thinning for rung in reminders.rungs] == [False] * 5 + [True]
    assert f"{reminders.window.from_:%H:%M} to {reminders.window.to:%H:%M}" == "08:30 to 18:00"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"times": 3}, id="times without every"),
        pytest.param({"every": "1 workday"}, id="every without times"),
        pytest.param({"every": "1 workday", "times": 0}, id="no time at all"),
        pytest.param({"every": "1 workday", "times": 101}, id="more than a hundred times"),
        pytest.param({"thinning": True}, id="thinning without repetitions"),
        pytest.param({"every": "1 workday", "times": 3, "thinning": "twice"}, id="thinning in words"),
        pytest.param({"to": []}, id="to nobody"),
    ],
)
def test_a_rung_that_makes_no_sense_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rung.model_validate({"at": "due", "to": ["liaison"], **said})


def test_a_task_names_a_figure_of_the_campaign_by_its_code_has_its_own_or_gets_a_count() -> None:
    own = {"code": "cost", "title": "Cost", "kind": "amount"}
    task = {"code": "t", "title": "T", "due": "close", "figures": ["members", "visitors", own]}
    declared = {"code": "members", "title": {"zh": "党员"}, "minimum": 3}
    figures = campaign(stage(tasks=[task]), figures=[declared]).stage("mobilization").task("t").figures
    assert figures == (
        FigureSpec.model_validate(declared),
        FigureSpec(code="visitors", title=Text.same("visitors"), kind=FigureKind.COUNT),
        FigureSpec.model_validate(own),
    )


def test_a_task_that_says_more_than_a_code_has_its_own_way() -> None:
    own = {"code": "members", "title": "Members who came", "required": False}
    task = {"code": "t", "title": "T", "due": "close", "figures": [own]}
    declared = {"code": "members", "title": {"zh": "党员"}, "minimum": 3}
    (figure,) = campaign(stage(tasks=[task]), figures=[declared]).stage("mobilization").task("t").figures
    assert figure == FigureSpec.model_validate(own)


@pytest.mark.parametrize("code", ready_campaigns())
def test_a_stored_campaign_comes_back_as_it_was(code: str) -> None:
    definition = load_definition(find_campaign(code)).definition
    assert Definition.model_validate_json(definition.model_dump_json()) == definition


@pytest.mark.parametrize(
    ("starts", "day"),
    [
        ("5 workdays before launch", date(2009, 9, 7)),
        ("5 workdays after launch", date(2009, 9, 21)),
        ("5 days before launch", date(2009, 9, 9)),
        ("launch", date(2009, 9, 14)),
        ("2010-01-04", date(2010, 1, 4)),
    ],
)
def test_a_wave_that_starts_relative_to_the_launch_is_placed_by_its_day(starts: str, day: date) -> None:
    written = campaign(waves=[{"code": "main", "starts": starts}])
    placed = written.resolve(date(2009, 9, 14), load_calendar("CN"))
    assert placed.wave("main").starts.day == day
    assert placed.resolve(date(2011, 1, 1), load_calendar("CN")) == placed


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda c: c.stage("x"), "campaign c has no stage x"),
        (lambda c: c.wave("x"), "campaign c has no wave x"),
        (lambda c: c.stage("mobilization").task("x"), "stage mobilization has no task x"),
    ],
    ids=["stage", "wave", "task"],
)
def test_asking_for_what_is_not_there_is_refused(ask: Any, answer: str) -> None:
    with pytest.raises(Refusal, match=answer):
        ask(campaign())


def test_a_campaign_that_was_never_a_file_is_checked_as_a_whole_all_the_same() -> None:
    with pytest.raises(ValidationError, match=r"stages\[0\].opens: study waits for itself"):
        campaign(stage("study", opens="after study"))
