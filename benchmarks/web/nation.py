"""A made-up nation to look at: its tree, its campaign and everything that came of it, put there by bare statements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from actions.carry_up import carry_up
from actions.house import House
from actions.launch import launch
from actions.rulebook import open_rulebook
from benchmarks.bare import Bare
from benchmarks.city import numbers, settle
from config.definition.file import load_definition
from models.campaign import Task
from models.database import snapshot
from models.queries import windows_of
from rules.deadlines import WindowDays, due_day, end_of

CAMPAIGN = Path(__file__).with_name("campaign.yaml")
LAUNCHED_AT = datetime(2009, 9, 1, 1, tzinfo=UTC)
NOW = datetime(2009, 11, 11, 2, tzinfo=UTC)
"""Three stages are behind, the fourth has begun."""
BRANCHES_A_COUNTY, BRANCHES_AN_OFFICER, BELOW = 45, 3, 10
IN_TIME, LATE = (85, 80, 50, 5), (12, 14, 10, 0)
"""Of a hundred branches, how many answered in time and late, by stage."""
DAYS_OF_NOTICES = 20
MARKED_DAYS = 58


def found_nation(house: House, bare: Bare, branches: int) -> str:
    """Fill an empty database; return the code of the campaign."""
    with bare.transaction():
        _register(bare, branches)
    launched = launch(house, load_definition(CAMPAIGN), actor="benchmark", now=LAUNCHED_AT)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, launched.campaign)
        places = windows_of(session, rulebook.campaign)
        tasks = session.exec(select(Task)).all()
    with bare.transaction():
        bare.run("UPDATE \"window\" SET status = 'open', opened_at = opens_at, announced_at = opens_at")
        for position, place in enumerate(places):
            days = WindowDays(place.window.first_day, place.window.last_day)
            for task in (task for task in tasks if task.stage_id == place.stage.id):
                spec = rulebook.definition.stage(place.stage.code).task(task.code)
                due_at = end_of(due_day(spec.due, days, rulebook.calendar), rulebook.zone)
                _answer(bare, place.window.id, task.id, due_at, position)
        _count(bare)
        _tell(bare, rulebook.campaign_id, places[-1].stage.id)
        bare.run_many("INSERT INTO day_mark VALUES (?, ?, 1, 1, 1, 0, 0)", _marks([p.window.id for p in places]))
    carry_up(house)
    settle(bare)
    return launched.campaign


def _register(bare: Bare, branches: int) -> None:
    bare.run_many(
        "INSERT INTO unit (id, code, name, level, parent_id, path) VALUES (?, ?, ?, ?, ?, ?)",
        _units(-(-branches // BRANCHES_A_COUNTY)),
    )
    bare.run(
        f"{numbers(-(-branches // BRANCHES_AN_OFFICER))} INSERT INTO officer "
        "(id, code, name, role, language, timezone, link_epoch) "
        "SELECT i, 'O' || i, '联络员' || i, 'liaison', 'zh', 'Asia/Shanghai', 0 FROM number"
    )
    bare.run(
        f"{numbers(branches)} INSERT INTO branch "
        "(id, code, name, unit_id, kind, status, members, employees, officer_id) "
        f"SELECT i, 'B' || i, '第' || i || '支部', (i - 1) / {BRANCHES_A_COUNTY} + 1, 'branch', 'active', 14, 100, "
        f"(i - 1) / {BRANCHES_AN_OFFICER} + 1 FROM number"
    )


def _units(counties: int) -> Iterator[tuple[object, ...]]:
    """Give the units from the top down: county 7 has the id 7, those above come after the last county."""
    cities = -(-counties // BELOW)
    provinces = -(-cities // BELOW)
    nation = counties + cities + provinces + 1
    yield nation, "N", "全国", "nation", None, "/N/"
    for province in range(provinces):
        code = f"P{province}"
        yield counties + cities + province + 1, code, f"第{province}省", "province", nation, f"/N/{code}/"
    for city in range(cities):
        code, above = f"C{city}", city // BELOW
        path = f"/N/P{above}/{code}/"
        yield counties + city + 1, code, f"第{city}市", "city", counties + cities + above + 1, path
    for county in range(counties):
        code, above = f"X{county}", county // BELOW
        path = f"/N/P{above // BELOW}/C{above}/{code}/"
        yield county + 1, code, f"第{county}县", "county", counties + above + 1, path


def _answer(bare: Bare, window_id: int, task_id: int, due_at: datetime, stage: int) -> None:
    """Give a task to every branch, and let some of them have answered it in time or late."""
    luck = _rest(f"(id * 37 + {task_id} * 11)", 100)
    in_time, late = IN_TIME[stage], IN_TIME[stage] + LATE[stage]
    columns = "task_id, branch_id, window_id, unit_id, due_at, status"
    same = f"SELECT {task_id}, id, {window_id}, unit_id, ?"
    for low, high, done_at in ((0, in_time, due_at - timedelta(days=1)), (in_time, late, due_at + timedelta(days=1))):
        bare.run(
            f"INSERT INTO assignment ({columns}, done_at, done_by) {same}, 'done', ?, 'benchmark' FROM branch "
            f"WHERE {luck} >= {low} AND {luck} < {high}",
            bare.instant(due_at),
            bare.instant(done_at),
        )
    bare.run(
        f"INSERT INTO assignment ({columns}) {same}, 'open' FROM branch WHERE {luck} >= {late}", bare.instant(due_at)
    )


def _count(bare: Bare) -> None:
    bare.run(
        "INSERT INTO counter (window_id, task_id, unit_id, due_at, total, done, in_time, waived) "
        "SELECT window_id, task_id, unit_id, due_at, count(*), "
        "sum(CASE WHEN status = 'done' THEN 1 ELSE 0 END), sum(CASE WHEN done_at < due_at THEN 1 ELSE 0 END), 0 "
        "FROM assignment GROUP BY window_id, task_id, unit_id, due_at"
    )


def _tell(bare: Bare, campaign_id: int, stage_id: int) -> None:
    """Let every officer have had a digest on every second of some days, and every branch have found a problem."""
    for back in range(DAYS_OF_NOTICES):
        at = bare.instant(NOW - timedelta(days=back))
        bare.run(
            "INSERT INTO notice (officer_id, campaign_id, kind, day, sends_from, sends_until, status, planned_at) "
            f"SELECT id, {campaign_id}, 'digest', ?, ?, ?, "
            f"CASE WHEN {_rest('id', 1000)} = {back} THEN 'dead' ELSE 'sent' END, ? FROM officer "
            f"WHERE {_rest('id', 2)} = {back % 2}",
            (NOW - timedelta(days=back)).date().isoformat(),
            *[at] * 3,
        )
    bare.run(
        "INSERT INTO problem (campaign_id, stage_id, branch_id, unit_id, number, title, status, found_at, found_by) "
        f"SELECT {campaign_id}, {stage_id}, id, unit_id, id, '问题', "
        f"CASE WHEN {_rest('id', 3)} = 0 THEN 'open' ELSE 'solved' END, ?, 'benchmark' FROM branch",
        bare.instant(NOW),
    )


def _rest(number: str, by: int) -> str:
    """Write what a division leaves: the driver of PostgreSQL takes a percent sign for its own."""
    return f"({number} - {number} / {by} * {by})"


def _marks(windows: list[int]) -> Iterator[tuple[int, str]]:
    first = date(2009, 9, 14)
    for number in range(MARKED_DAYS):
        for window in windows:
            yield window, (first + timedelta(days=number)).isoformat()
