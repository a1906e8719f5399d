from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import Answer, complete
from actions.house import House
from actions.reading.tasks import TaskState, read_tasks
from actions.waive import waive
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, Standing
from tests.factories import CAMPAIGN, a_house_at_work, answer, at

COSTLY = CAMPAIGN.replace("figures: [members]", "figures: [members, {code: cost, kind: amount}]")
DUE = at("2009-09-15 00:00")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home")


def survey_of(house: House, branch: str = "U1-1", *, now: str = "2009-09-10 10:00") -> TaskState:
    return read_tasks(house, "trial", branch, now=at(now)).tasks[0]


def test_the_tasks_come_in_the_order_of_the_campaign_with_the_days_that_people_are_shown(house: House) -> None:
    branch = read_tasks(house, "trial", "U1-1", now=at("2009-09-10 10:00"))
    assert (branch.campaign.en, branch.branch, branch.name) == ("Trial", "U1-1", "企业U1-1支部")
    assert [(task.stage, task.task, str(task.last_day)) for task in branch.tasks] == [
        ("mobilization", "survey", "2009-09-14"),
        ("mobilization", "training", "2009-09-24"),
    ]
    assert branch.tasks[0].due_at == DUE


@pytest.mark.parametrize(
    ("now", "standing", "late"),
    [
        pytest.param("2009-09-08 10:00", Standing.OPEN, False, id="open"),
        pytest.param("2009-09-11 10:00", Standing.UPCOMING, False, id="upcoming"),
        pytest.param("2009-09-14 23:59", Standing.DUE, False, id="on-the-last-day"),
        pytest.param("2009-09-15 00:00", Standing.OVERDUE, True, id="at-the-deadline"),
    ],
)
def test_open_work_is_late_from_its_deadline_on(house: House, now: str, standing: Standing, late: bool) -> None:
    survey = survey_of(house, now=now)
    assert (survey.standing, survey.late) == (standing, late)


@pytest.mark.parametrize(
    ("when", "late"),
    [
        pytest.param("2009-09-14 23:59", False, id="before"),
        pytest.param("2009-09-15 00:00", True, id="at-the-deadline"),
    ],
)
def test_what_was_done_at_its_deadline_or_later_stays_late(house: House, when: str, late: bool) -> None:
    complete(house, "trial", [answer("U1-1", "survey", when, members=12)])
    survey = survey_of(house, now="2010-01-01 10:00")
    assert (survey.status, survey.late) == (AssignmentStatus.DONE, late)
    assert (survey.done_at, survey.done_by) == (at(when), "OU1-1")
    assert str(survey.done_on) == when[:10]
    assert survey.figures == {"members": 12}


def test_waived_work_is_never_late(house: House) -> None:
    waive(house, "trial", Named("U1-1", "survey"), reason="closed", actor="test", now=at("2009-10-01 10:00"))
    survey = survey_of(house, now="2010-01-01 10:00")
    assert (survey.status, survey.standing, survey.late) == (AssignmentStatus.WAIVED, Standing.WAIVED, False)
    assert survey.note == "closed"


def test_figures_are_the_numbers_that_people_wrote_and_of_this_branch_alone(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", text=COSTLY)
    first = Answer("U1-1", "survey", at("2009-09-10 10:00"), "a", {"members": 12, "cost": Decimal("3.05")}, "note")
    complete(house, "trial", [first, replace(first, branch="U1-2", figures={"members": 7, "cost": 0})])
    assert survey_of(house).figures == {"members": 12, "cost": Decimal("3.05")}
    assert list(survey_of(house).figures) == ["members", "cost"]
    assert survey_of(house).note == "note"
    assert survey_of(house, "U1-2").figures == {"members": 7, "cost": 0}


@pytest.mark.parametrize(
    ("campaign", "branch", "said"),
    [
        pytest.param("nosuch", "U1-1", "campaign nosuch: not launched here", id="campaign"),
        pytest.param("trial", "nosuch", "branch nosuch: not in the registry", id="branch"),
    ],
)
def test_what_is_not_there_is_refused(house: House, campaign: str, branch: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_tasks(house, campaign, branch, now=at("2009-09-10 10:00"))
