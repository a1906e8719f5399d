"""Make what tests begin with: houses, registries, campaign files and campaigns that run."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from sqlalchemy import Engine, update
from sqlmodel import col, select

from actions.add_officer import NewOfficer, add_officer
from actions.complete import Answer
from actions.house import House
from actions.import_registry import Imported, import_registry
from actions.launch import launch
from actions.open_window import open_window
from actions.registry.reading import read_file
from config.definition.file import LoadedDefinition, load_definition
from config.seal import Seal
from config.settings import Settings
from config.vocabulary import ChannelStatus, OfficerRole, OpenWork
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Channel, Officer
from models.window import Window
from tests.peers.server import LOOPBACK

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEY = Fernet.generate_key().decode()

COLUMNS = ("unit_code", "unit_name", "parent_code", "level", "branch_code", "branch_name", "members", "employees")
HEADER = ",".join((*COLUMNS, "officer_code", "officer_name", "channel", "status"))
CITY = "R,城,,city,,,,,,,,"

CAMPAIGN = """\
code: trial
title: {zh: 试点, en: Trial}
timezone: Asia/Shanghai
calendar: CN
waves:
  - {code: pilot, starts: 2009-09-07, units: [U1]}
  - {code: main, starts: 2009-09-14}
stages:
  - code: mobilization
    opens: wave
    lasts: 14 workdays
    gate: {done: 95%}
    tasks:
      - {code: survey, title: {zh: 摸底, en: Survey}, due: 5 workdays after open, figures: [members]}
      - {code: training, title: {zh: 培训, en: Training}, due: close}
  - code: study
    opens: after mobilization
    lasts: 20 workdays
    gate: {done: 90%, otherwise: close}
    tasks:
      - {code: lecture, title: {zh: 讲座, en: Lecture}, due: 5 workdays before close}
  - code: analysis
    opens: after study
    lasts: 10 workdays
    gate: {approval: true}
    tasks:
      - {code: findings, title: {zh: 查找问题, en: Findings}, due: close}
  - code: rectification
    opens: after analysis
    lasts: 10 workdays
    gate: {solved: 60%}
    tasks:
      - {code: closing, title: {zh: 总结, en: Closing}, due: close}
"""


def at(text: str) -> datetime:
    """Read a local time of the campaign, `2009-09-07 08:30`, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


LAUNCH_DAY = at("2009-09-01 09:00")


def a_house(engine: Engine, home: Path) -> House:
    """A house on a test's own database."""
    home.mkdir(exist_ok=True)
    return House(Settings(home=home, networks=(LOOPBACK,)), engine, Seal(KEY))


def registry_row(
    unit: int, number: int, *, code: str | None = None, officer: str | None = None, status: str = "active"
) -> str:
    """A row of a registry: branch U1-2 is the second of unit U1, its officer OU1-2 unless another is named (or "")."""
    code = code or f"U{unit}-{number}"
    officer = f"O{code}" if officer is None else officer
    who = f"{officer},联络员{officer},folder://{officer}" if officer else ",,"
    return f"U{unit},第{unit}区,R,county,{code},企业{code}支部,{10 + number},100,{who},{status}"


def registry_rows(units: int = 2, branches: int = 3) -> list[str]:
    """Rows of a registry: a city R with units U1, U2, ..., each with branches U1-1, U1-2, ... and their officers."""
    return [CITY] + [registry_row(unit, number) for unit in range(1, units + 1) for number in range(1, branches + 1)]


def registry_file(folder: Path, rows: Sequence[str]) -> Path:
    """A registry file with these rows."""
    folder.mkdir(exist_ok=True)
    file = folder / "registry.csv"
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return file


def imported(
    house: House, *rows: str, now: datetime, skip_rejected: bool = False, open_work: OpenWork = OpenWork.FOLLOW
) -> Imported:
    """Import these rows, and a city R above their units."""
    file = registry_file(house.home, [CITY, *rows])
    return import_registry(
        house, read_file(house, file), skip_rejected=skip_rejected, open_work=open_work, actor="test", now=now
    )


def campaign_file(folder: Path, text: str = CAMPAIGN) -> LoadedDefinition:
    """A campaign file, read; the trial has four stages of one or two tasks, and a pilot wave for unit U1."""
    folder.mkdir(exist_ok=True)
    file = folder / "campaign.yaml"
    file.write_text(text, encoding="utf-8")
    return load_definition(file)


def a_registered_house(engine: Engine, home: Path, *, units: int = 2, branches: int = 3) -> House:
    """A house with a registry, a guidance group in each unit and one coordinator."""
    house = a_house(engine, home)
    assert not imported(house, *registry_rows(units, branches)[1:], now=LAUNCH_DAY).rejected
    for unit in range(1, units + 1):
        group = NewOfficer(f"G{unit}", f"第{unit}区指导组", OfficerRole.GROUP, f"U{unit}", f"folder://G{unit}")
        add_officer(house, group, actor="test", now=LAUNCH_DAY)
    coordinator = NewOfficer("C", "统筹", OfficerRole.COORDINATOR, None, "folder://C")
    add_officer(house, coordinator, actor="test", now=LAUNCH_DAY)
    return house


def a_running_house(engine: Engine, home: Path, *, units: int = 2, branches: int = 3, text: str = CAMPAIGN) -> House:
    """A registered house with the trial campaign launched on 1 September 2009."""
    house = a_registered_house(engine, home, units=units, branches=branches)
    launch(house, campaign_file(home, text), actor="test", now=LAUNCH_DAY)
    return house


def a_house_at_work(engine: Engine, home: Path, *, units: int = 2, branches: int = 3, text: str = CAMPAIGN) -> House:
    """A running house with its first stage open for the pilot, unit U1, since 7 September and for all since the 14th.

    What has opened was announced, and read, that day.
    In the trial that is mobilization: `survey` is due on 14 September (U1) and 21 September, `training` on
    24 September (U1) and 30 September, each to the end of the day.
    """
    house = a_running_house(engine, home, units=units, branches=branches, text=text)
    with snapshot(engine) as session:
        planned = session.exec(select(Window).where(col(Window.awaits_id).is_(None))).all()
    for window in planned:
        open_window(house, window.id, now=window.opens_at)
    opened = table_of(Window)
    with transaction(engine) as session:
        session.execute(update(opened).values(announced_at=opened.c.opened_at))
    return house


def answer(branch: str, task: str, when: str = "2009-09-15 10:00", **figures: int) -> Answer:
    """What the branch's own officer answers; `survey` of the trial asks for the figure `members`."""
    given = figures or ({"members": 12} if task.endswith("survey") else {})
    return Answer(branch, task, at(when), actor=f"O{branch}", figures=given)


def given_up(house: House, officer: str, why: str, now: datetime) -> None:
    """Let every channel of an officer have been given up after a provider's permanent refusal."""
    channel = table_of(Channel)
    owner = select(Officer.id).where(Officer.code == officer).scalar_subquery()
    refused = {"status": ChannelStatus.DISABLED, "disabled_at": now, "disabled_reason": why, "is_reported": False}
    with transaction(house.engine) as session:
        session.execute(update(channel).where(channel.c.officer_id == owner).values(refused))
