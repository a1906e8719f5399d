"""A made-up city to measure in: its registry and its campaign, put there by bare statements wherever they are many."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import select

from actions.house import House
from actions.launch import launch
from actions.rulebook import Rulebook, open_rulebook
from benchmarks.bare import Bare
from config.definition.file import load_definition
from models.database import snapshot
from models.window import Window
from rules.deadlines import WindowDays, due_day, end_of

CAMPAIGN = Path(__file__).with_name("campaign.yaml")
LAUNCHED_AT = datetime(2009, 9, 1, 1, tzinfo=UTC)
TASKS = 5
BRANCHES_A_UNIT = 28
FIRST_GROUP = 1_000_000
"""The guidance group of unit 7 is officer FIRST_GROUP + 7; the liaison officer of branch 7 is officer 7."""
ARCHIVE = 1_000_000
"""The first id of everything in a campaign that ended long ago."""


@dataclass(frozen=True, slots=True)
class TaskDue:
    """A task of the campaign, the deadline that all branches have for it, and the first reminder."""

    task_id: int
    code: str
    due_at: datetime
    next_reminder_at: datetime | None


@dataclass(frozen=True, slots=True)
class City:
    """A campaign that was launched over a number of branches; its one window has not been opened."""

    campaign_id: int
    campaign: str
    stage_id: int
    stage: str
    wave_id: int
    window_id: int
    opens_at: datetime
    closes_at: datetime
    tasks: tuple[TaskDue, ...]
    rulebook: Rulebook


def found_city(house: House, bare: Bare, branches: int) -> City:
    """Fill an empty database with a registry, and launch the campaign."""
    with bare.transaction():
        _register(bare, branches)
    launched = launch(house, load_definition(CAMPAIGN), actor="benchmark", now=LAUNCHED_AT)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, launched.campaign)
        window = session.exec(select(Window)).one()
    return City(
        campaign_id=rulebook.campaign_id,
        campaign=launched.campaign,
        stage_id=window.stage_id,
        stage=rulebook.definition.stages[0].code,
        wave_id=window.wave_id,
        window_id=window.id,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        tasks=tuple(_tasks(bare, rulebook, window)),
        rulebook=rulebook,
    )


def add_archive(bare: Bare, branches: int, rows: int) -> None:
    """Add a campaign that ended long ago, with about so many finished assignments."""
    tasks = -(-rows // branches)
    if not tasks:
        return
    ended = bare.instant(datetime(2008, 12, 31, tzinfo=UTC))
    with bare.transaction():
        bare.run(
            "INSERT INTO campaign (id, code, revision, status, definition, launched_at, launched_by) "
            "VALUES (?, 'archive', 1, 'ended', '{}', ?, 'benchmark')",
            ARCHIVE,
            ended,
        )
        bare.run(
            "INSERT INTO wave (id, campaign_id, code, position, starts) VALUES (?, ?, 'all', 0, '2008-01-01')",
            *[ARCHIVE] * 2,
        )
        bare.run(
            "INSERT INTO stage (id, campaign_id, code, kind, position) VALUES (?, ?, 'archive', 'plain', 0)",
            *[ARCHIVE] * 2,
        )
        bare.run(
            'INSERT INTO "window" (id, stage_id, wave_id, status, first_day, last_day, opens_at, closes_at, blockers) '
            "VALUES (?, ?, ?, 'closed', '2008-01-01', '2008-12-30', ?, ?, '[]')",
            *[ARCHIVE] * 3,
            ended,
            ended,
        )
        bare.run(
            f"{numbers(tasks)} INSERT INTO task (id, stage_id, code, position) "
            f"SELECT {ARCHIVE} + i, {ARCHIVE}, 'task-' || i, i FROM number"
        )
        bare.run(
            "INSERT INTO assignment (task_id, branch_id, window_id, unit_id, due_at, status, done_at, done_by) "
            f"SELECT task.id, branch.id, {ARCHIVE}, branch.unit_id, ?, 'done', ?, 'benchmark' "
            f"FROM task CROSS JOIN branch WHERE task.stage_id = {ARCHIVE} ORDER BY task.id, branch.id",
            ended,
            ended,
        )


def settle(bare: Bare) -> None:
    """Let the database learn how large its tables are, as it does by itself in earnest."""
    if not bare.is_sqlite:
        bare.run("VACUUM ANALYZE")


def _register(bare: Bare, branches: int) -> None:
    units = -(-branches // BRANCHES_A_UNIT)
    bare.run("INSERT INTO unit (id, code, name, level, path) VALUES (?, 'R', '市', 'city', '/R/')", units + 1)
    bare.run(
        f"{numbers(units)} INSERT INTO unit (id, code, name, level, parent_id, path) "
        f"SELECT i, 'U' || i, '第' || i || '区', 'county', {units + 1}, '/R/U' || i || '/' FROM number"
    )
    zone = "'zh', 'Asia/Shanghai'"
    bare.run(
        f"{numbers(branches)} INSERT INTO officer (id, code, name, role, language, timezone, link_epoch) "
        f"SELECT i, 'O' || i, '联络员' || i, 'liaison', {zone}, 0 FROM number"
    )
    bare.run(
        f"{numbers(units)} INSERT INTO officer (id, code, name, role, unit_id, language, timezone, link_epoch) "
        f"SELECT {FIRST_GROUP} + i, 'G' || i, '指导组' || i, 'group', i, {zone}, 0 FROM number"
    )
    bare.run(
        f"{numbers(branches)} INSERT INTO branch "
        "(id, code, name, unit_id, kind, status, members, employees, officer_id) "
        f"SELECT i, 'B' || i, '第' || i || '支部', (i - 1) / {BRANCHES_A_UNIT} + 1, 'branch', 'active', 14, 100, i "
        "FROM number"
    )


def numbers(last: int) -> str:
    """Write the beginning of a statement that counts from 1: the table `number` has them as `i`."""
    return f"WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {last})"


def _tasks(bare: Bare, rulebook: Rulebook, window: Window) -> list[TaskDue]:
    days = WindowDays(window.first_day, window.last_day)
    spec = rulebook.definition.stages[0]
    found = []
    for task_id, code in bare.run("SELECT id, code FROM task ORDER BY id"):
        due_at = end_of(due_day(spec.task(code).due, days, rulebook.calendar), rulebook.zone)
        found.append(TaskDue(task_id, code, due_at, rulebook.ladder.next_from(due_at, window.opens_at)))
    return found
