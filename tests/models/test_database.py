"""What the engines promise: transactions, instants, enums, constraints and a lock that dies with its holder."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, col, select

from config.errors import Refusal, Stale
from config.vocabulary import AssignmentStatus, CampaignStatus, StageKind, UnitLevel
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task, Wave
from models.database import (
    Busy,
    connect,
    exclusive,
    joint_transaction,
    reachable,
    snapshot,
    sqlite_file,
    transaction,
)
from models.unit import Unit
from models.window import Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2009, 9, 18, 4, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def campaign(code: str = "trial", launched_at: datetime = NOON) -> Campaign:
    return Campaign(code=code, definition="{}", launched_at=launched_at, launched_by="test")


def unit(code: str = "R") -> Unit:
    return Unit(code=code, name="城", level=UnitLevel.CITY, path=f"/{code}/")


def a_window(session: Session) -> Window:
    """A window with all that it stands on."""
    session.add(parent := campaign())
    session.flush()
    wave = Wave(campaign_id=parent.id, code="main", position=0, starts=date(2009, 9, 14))
    stage = Stage(campaign_id=parent.id, code="study", kind=StageKind.STUDY, position=0)
    session.add_all([wave, stage])
    session.flush()
    window = Window(
        stage_id=stage.id,
        wave_id=wave.id,
        first_day=date(2009, 9, 14),
        last_day=date(2009, 9, 30),
        opens_at=NOON,
        closes_at=NOON + timedelta(days=16),
    )
    session.add(window)
    session.flush()
    return window


def an_assignment(session: Session, **given: object) -> Assignment:
    """An open assignment with all that it stands on, or what is given instead."""
    window = a_window(session)
    session.add_all([task := Task(stage_id=window.stage_id, code="lecture", position=0), home := unit()])
    session.flush()
    session.add(branch := Branch(code="B", name="企业支部", unit_id=home.id))
    session.flush()
    values = {"task_id": task.id, "branch_id": branch.id, "window_id": window.id, "unit_id": home.id, "due_at": NOON}
    session.add(assignment := Assignment(**{**values, **given}))
    return assignment


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        pytest.param("journal_mode", "wal", id="readers and a writer side by side"),
        pytest.param("foreign_keys", 1, id="foreign keys are kept"),
        pytest.param("synchronous", 2, id="what was confirmed survives a power cut"),
        pytest.param("busy_timeout", 30_000, id="a writer waits for another"),
    ],
)
def test_every_connection_to_sqlite_is_prepared(engine: Engine, pragma: str, expected: object) -> None:
    connections = [engine.raw_connection() for _ in range(2)]
    for connection in connections:
        assert connection.cursor().execute(f"PRAGMA {pragma}").fetchone() == (expected,)
        connection.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_transaction_on_sqlite_takes_the_right_to_write_before_it_reads(engine: Engine) -> None:
    locked = pytest.raises(sqlite3.OperationalError, match="locked")
    with transaction(engine), closing(sqlite3.connect(sqlite_file(engine), timeout=0)) as other, locked:
        other.execute("BEGIN IMMEDIATE")


def test_a_transaction_commits_at_its_end(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(unit())
    with snapshot(engine) as session:
        assert session.exec(select(Unit.code)).all() == ["R"]


def test_a_joint_transaction_stands_or_falls_as_one(engine: Engine) -> None:
    def write_twice_and(fail: bool) -> None:
        with joint_transaction(engine):
            for code in ("R", "S"):
                with transaction(engine) as session:
                    session.add(unit(code))
            with snapshot(engine) as session:
                assert session.exec(select(Unit.code)).all() == ["R", "S"]  # what it has written, it sees
            if fail:
                raise Refusal("no")

    with pytest.raises(Refusal):
        write_twice_and(fail=True)
    with snapshot(engine) as session:
        assert session.exec(select(Unit.code)).all() == []
    write_twice_and(fail=False)
    with snapshot(engine) as session:
        assert session.exec(select(Unit.code)).all() == ["R", "S"]


def test_a_part_of_a_joint_transaction_that_raises_is_undone_alone(engine: Engine) -> None:
    def write_and_fail() -> None:
        with transaction(engine) as session:
            session.add(unit("S"))
            session.flush()
            raise Refusal("no")

    with joint_transaction(engine):
        with transaction(engine) as session:
            session.add(unit("R"))
        with pytest.raises(Refusal):
            write_and_fail()
    with snapshot(engine) as session:
        assert session.exec(select(Unit.code)).all() == ["R"]


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_of_two_that_wait_for_each_other_one_is_told_to_try_again(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add_all([unit("R"), unit("S")])
    both_hold_one = threading.Barrier(2)
    ends: list[str] = []

    def change(*codes: str) -> None:
        try:
            with joint_transaction(engine):
                for turn, code in enumerate(codes):
                    with transaction(engine) as session:
                        session.exec(select(Unit).where(Unit.code == code).with_for_update()).one()
                    if turn == 0:
                        both_hold_one.wait(10)
            ends.append("done")
        except Stale as stale:
            ends.append(str(stale).partition(";")[0])

    threads = [threading.Thread(target=change, args=codes) for codes in (("R", "S"), ("S", "R"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ends) == ["done", "somebody else changed the same at the same moment"]


def test_a_transaction_that_raises_leaves_nothing(engine: Engine) -> None:
    def write_and_fail() -> None:
        with transaction(engine) as session:
            session.add(unit())
            session.flush()
            raise Refusal("no")

    with pytest.raises(Refusal):
        write_and_fail()
    with snapshot(engine) as session:
        assert session.exec(select(Unit.code)).all() == []


def test_a_snapshot_sees_one_state_and_holds_up_no_writer(engine: Engine) -> None:
    with snapshot(engine) as reading:
        assert reading.exec(select(Unit.code)).all() == []
        with transaction(engine) as session:
            session.add(unit())
        assert reading.exec(select(Unit.code)).all() == []
    with snapshot(engine) as reading:
        assert reading.exec(select(Unit.code)).all() == ["R"]


def test_a_row_can_be_read_after_its_transaction(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(row := unit())
    assert (row.id, row.code) == (1, "R")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(NOON, id="UTC"),
        pytest.param(NOON.astimezone(SHANGHAI), id="another zone"),
        pytest.param(NOON + MOMENT, id="to the microsecond"),
    ],
)
def test_an_instant_comes_back_aware_and_in_utc(engine: Engine, given: datetime) -> None:
    with transaction(engine) as session:
        session.add(campaign(launched_at=given))
    with snapshot(engine) as session:
        (kept,) = session.exec(select(Campaign.launched_at)).all()
        (row,) = session.exec(select(Campaign)).all()
    assert kept == row.launched_at == given
    assert kept.utcoffset() == row.launched_at.utcoffset() == timedelta(0)


def test_an_instant_without_zone_is_not_stored(engine: Engine) -> None:
    def write() -> None:
        with transaction(engine) as session:
            session.add(campaign(launched_at=NOON.replace(tzinfo=None)))

    with pytest.raises(StatementError, match="timezone"):
        write()


def test_instants_compare_in_the_database_as_they_do_outside(engine: Engine) -> None:
    instants = [NOON - MOMENT, NOON, NOON + MOMENT, NOON + timedelta(seconds=1)]
    with transaction(engine) as session:
        session.add_all(campaign(str(at), at) for at in instants)
    with snapshot(engine) as session:
        query = select(Campaign.launched_at).order_by(col(Campaign.launched_at))
        assert session.exec(query).all() == instants
        assert session.exec(query.where(Campaign.launched_at <= NOON.astimezone(SHANGHAI))).all() == instants[:2]


def test_an_enum_is_stored_by_its_value_and_read_as_itself(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(campaign())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT status FROM campaign")).scalar_one() == "running"
    with snapshot(engine) as session:
        assert session.exec(select(Campaign.status)).one() is CampaignStatus.RUNNING


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"status": AssignmentStatus.DONE}, id="done without an instant"),
        pytest.param({"done_at": NOON}, id="open and yet done"),
        pytest.param({"status": AssignmentStatus.WAIVED, "next_reminder_at": NOON}, id="waived and yet reminded"),
        pytest.param({"unit_id": 99}, id="for a unit that is not there"),
    ],
)
def test_the_database_itself_keeps_assignments_sound(engine: Engine, given: dict[str, object]) -> None:
    def write() -> None:
        with transaction(engine) as session:
            an_assignment(session, **given)

    with pytest.raises(IntegrityError):
        write()


def test_a_branch_has_a_task_once(engine: Engine) -> None:
    with transaction(engine) as session:
        first = an_assignment(session)
        session.flush()
        again = first.model_dump(exclude={"id"})

    def write() -> None:
        with transaction(engine) as session:
            session.add(Assignment(**again))

    with pytest.raises(IntegrityError):
        write()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("mysql://localhost/rollcall", "mysql is not supported", id="another database"),
        pytest.param("nonsense", "not an address of a database", id="no address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_one_line(url: str, expected: str) -> None:
    with pytest.raises(Refusal, match=expected) as refused:
        connect(url)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("sqlite:////nowhere/at/all/rollcall.db", id="sqlite"),
        pytest.param("postgresql://rollcall:secret@127.0.0.1:1/rollcall", id="postgres"),
    ],
)
def test_a_database_out_of_reach_is_refused_in_one_line_without_its_password(url: str) -> None:
    with pytest.raises(Refusal, match="cannot open the database") as refused:
        reachable(connect(url))
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_lock_keeps_others_out_until_it_is_let_go(engine: Engine) -> None:
    with exclusive(engine, "patrol"):
        with pytest.raises(Busy, match="another patrol is at work"), exclusive(engine, "patrol"):
            pass
        with exclusive(engine, "something else"):
            pass
    with exclusive(engine, "patrol"):
        pass


def test_a_lock_is_let_go_when_the_work_fails(engine: Engine) -> None:
    with pytest.raises(Refusal), exclusive(engine, "patrol"):
        raise Refusal("no")
    with exclusive(engine, "patrol"):
        pass


def test_a_lock_is_free_once_its_holder_was_killed(engine: Engine) -> None:
    with holder_of("patrol", engine) as holder:
        with pytest.raises(Busy), exclusive(engine, "patrol"):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        assert holder.wait(10) == -signal.SIGKILL
        _soon_free(engine)


HOLD = """
import sys
from models.database import connect, exclusive
with exclusive(connect(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder_of(name: str, engine: Engine) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds a lock on the same database."""
    command = [sys.executable, "-c", HOLD, engine.url.render_as_string(hide_password=False), name]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    house = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=house, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def _soon_free(engine: Engine) -> None:
    """Take the lock; PostgreSQL needs a moment to notice that a client is gone."""
    for _ in range(200):
        try:
            with exclusive(engine, "patrol"):
                return
        except Busy:
            with engine.connect() as connection:
                pause = "SELECT pg_sleep(0.05)" if engine.dialect.name == "postgresql" else "SELECT 1"
                connection.execute(text(pause))
    pytest.fail("the lock outlived its holder")
