"""Houses with returns: a campaign of four quarters over a small tree."""

from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from actions.complete import Answer, complete
from actions.house import House
from actions.launch import launch
from actions.open_window import open_window
from actions.reading.tasks import TaskState, read_tasks
from models.campaign import Stage
from models.database import snapshot
from models.window import Window
from tests.factories import a_registered_house, at, campaign_file

CODE = "returns"
ANSWERED = {"q1": at("2027-04-05 10:00"), "q2": at("2027-07-05 10:00")}
PASSED = at("2027-04-20 10:00")
RETURNS = """\
code: returns
title: {zh: 季报, en: Returns}
timezone: Asia/Shanghai
calendar: CN
waves:
  - {code: all, starts: 2027-03-01}
figures:
  - {code: organisations, title: {zh: 党组织, en: Organisations}, from: last}
  - {code: committees, title: {zh: 党委, en: Committees}, from: last}
  - {code: branches, title: {zh: 支部, en: Branches}, from: last}
  - {code: joint, title: {zh: 联合支部, en: Joint branches}, from: last}
  - {code: trained, title: {zh: 培训人次, en: People trained}, unit: {zh: 人次, en: person-times}, from: people_trained}
  - {code: dues, title: {zh: 党费, en: Dues}, unit: {zh: 元, en: yuan}, kind: amount, required: false}
stages:
  - code: q
    title: {zh: "第{number}季度", en: "Quarter {number}"}
    opens: 2027-04-01
    lasts: 10 workdays
    repeats: {every: quarter, times: 4}
    tasks:
      - code: organisation
        title: {zh: 组织, en: Organisation}
        due: close
        figures: [organisations, committees, branches, joint]
        rules: [organisations = committees + branches + joint, committees never falls]
      - {code: training, title: {zh: 培训, en: Training}, due: close, figures: [trained, dues]}
"""


def a_house_with_returns(
    engine: Engine, home: Path, *, units: int = 2, branches: int = 2, opened: int = 1, text: str = RETURNS
) -> House:
    """A house in which the first quarters have opened; city R has the units U1, U2, each with the branches U1-1, ..."""
    house = a_registered_house(engine, home, units=units, branches=branches)
    launch(house, campaign_file(home, text), actor="test", now=at("2027-03-01 09:00"))
    for number in range(1, opened + 1):
        open_quarter(house, f"q{number}")
    return house


def open_quarter(house: House, stage: str) -> None:
    """Open the windows of a quarter on their day."""
    with snapshot(house.engine) as session:
        query = select(Window).join(Stage, col(Stage.id) == Window.stage_id).where(Stage.code == stage)
        windows = session.exec(query).all()
    for window in windows:
        open_window(house, window.id, now=window.opens_at)


def answer_quarter(
    house: House,
    branch: str,
    organisations: tuple[int, int, int] = (0, 1, 0),
    trained: int = 5,
    *,
    stage: str = "q1",
    dues: str | None = None,
) -> None:
    """Let a branch answer both tasks of a quarter; of organisations it has committees, branches and joint branches."""
    committees, branches, joint = organisations
    figures = {
        "organisations": sum(organisations),
        "committees": committees,
        "branches": branches,
        "joint": joint,
    }
    training = {"trained": Decimal(trained)} | ({"dues": Decimal(dues)} if dues else {})
    answers = [
        Answer(branch, f"{stage}/organisation", ANSWERED[stage], actor=f"O{branch}", figures=figures),
        Answer(branch, f"{stage}/training", ANSWERED[stage], actor=f"O{branch}", figures=training),
    ]
    complete(house, CODE, answers)


def task_of(house: House, branch: str, stage: str, task: str) -> TaskState:
    """Return how a task of a branch stands, after everything else in these tests."""
    tasks = read_tasks(house, CODE, branch, now=at("2027-12-31 10:00")).tasks
    return next(each for each in tasks if (each.stage, each.task) == (stage, task))
