"""A database that was in use is brought to the second version with everything in it."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from config.errors import Refusal
from models.database import connect
from models.migrate import SchemaState, _migrating, _settings, schema_state, upgrade
from tests.models.test_migrations import emptied

ROWS = """
INSERT INTO unit (id, code, name, level, path) VALUES (1, 'U1', '区', 'county', '/U1/');
INSERT INTO officer (id, code, name, role, language, timezone) VALUES (1, 'O1', '张三', 'liaison', 'zh', 'UTC');
INSERT INTO channel (id, officer_id, service, address, fingerprint, rank, status)
    VALUES (1, 1, 'folder', 'sealed', 'a', 0, 'active'), (2, 1, 'wecombot', 'sealed', 'b', 1, 'active');
INSERT INTO branch (id, code, name, unit_id, kind, status, members, employees, officer_id)
    VALUES (1, 'B1', '支部', 1, 'branch', 'active', 3, 9, 1);
INSERT INTO campaign (id, code, revision, status, definition, launched_at, launched_by)
    VALUES (1, 'trial', 1, 'running', '{}', '2009-09-01 00:00:00.000000', 'chen');
INSERT INTO wave (id, campaign_id, code, position, starts) VALUES (1, 1, 'all', 0, '2009-09-07');
INSERT INTO stage (id, campaign_id, code, kind, position) VALUES (1, 1, 'study', 'study', 0);
INSERT INTO task (id, stage_id, code, position) VALUES (1, 1, 'lecture', 0);
INSERT INTO "window" (id, stage_id, wave_id, status, first_day, last_day, opens_at, closes_at, opened_at, blockers)
    VALUES (1, 1, 1, 'open', '2009-09-07', '2009-09-24', '2009-09-07 00:00:00.000000', '2009-09-25 00:00:00.000000',
    '2009-09-07 01:00:00.000000', '[]');
INSERT INTO assignment (id, task_id, branch_id, window_id, unit_id, due_at, status)
    VALUES (1, 1, 1, 1, 1, '2009-09-18 00:00:00.000000', 'open');
INSERT INTO notice (id, officer_id, campaign_id, kind, day, sends_from, sends_until, status, planned_at)
    VALUES (1, 1, 1, 'digest', '2009-09-16', '2009-09-16 00:30:00.000000', '2009-09-16 10:00:00.000000', 'sent',
    '2009-09-16 00:00:00.000000');
INSERT INTO notice_line (id, notice_id, campaign_id, section, assignment_id, rung, due_at)
    VALUES (1, 1, 1, 'own', 1, 0, '2009-09-18 00:00:00.000000');
INSERT INTO delivery (id, notice_id, channel_id, status, not_before, attempts, subject, body)
    VALUES (1, 1, 1, 'sent', '2009-09-16 00:30:00.000000', 1, '主题', '正文');
INSERT INTO attempt (id, delivery_id, number, started_at, outcome)
    VALUES (1, 1, 1, '2009-09-16 00:30:00.000000', 'accepted')
"""

SECOND_DIGEST = """
INSERT INTO notice (id, officer_id, campaign_id, kind, day, sends_from, sends_until, status, planned_at)
    VALUES (2, 1, 1, 'digest', '2009-09-16', '2009-09-16 00:30:00.000000', '2009-09-16 10:00:00.000000', 'sent',
    '2009-09-16 00:00:00.000000')
"""


def _at_version_one(engine: Engine) -> Engine:
    settings = _settings()
    with _migrating(emptied(engine)) as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
        for row in ROWS.split(";"):
            connection.execute(text(row))
    return engine


def test_everything_is_still_there_and_means_what_it_meant(engine: Engine) -> None:
    upgrade(_at_version_one(engine))
    assert schema_state(engine) is SchemaState.CURRENT
    with engine.connect() as connection:

        def one(query: str) -> tuple[object, ...]:
            return tuple(connection.execute(text(query)).one())

        assert one("SELECT name, deputy_id, link_epoch FROM officer") == ("张三", None, 0)
        assert [*connection.execute(text("SELECT on_doubt FROM channel ORDER BY id")).scalars()] == ["repeat", "hold"]
        assert one("SELECT count(*) FROM notice_line WHERE assignment_id = 1 AND due_at IS NOT NULL") == (1,)
        assert one("SELECT subject, body, html FROM delivery") == ("主题", "正文", None)
        assert one("SELECT account_id, on_doubt FROM delivery") == (None, "repeat")
        assert one('SELECT count(*) FROM "window" WHERE announced_at = opened_at') == (1,)


def test_what_the_old_keys_kept_apart_the_new_ones_do(engine: Engine) -> None:
    upgrade(_at_version_one(engine))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(SECOND_DIGEST))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("DELETE FROM notice WHERE id = 1"))


def test_sqlite_is_left_as_it_was_when_a_row_points_at_nothing(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine)
    _at_version_one(engine)
    _break(engine)
    with pytest.raises(Refusal, match="left as it was"):
        upgrade(engine)
    assert schema_state(engine) is SchemaState.OLDER
    assert "html" not in {column["name"] for column in inspect(engine).get_columns("delivery")}
    engine.dispose()


def _break(engine: Engine) -> None:
    """Write what foreign keys forbid, as an older tool may have done that did not switch them on."""
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    raw.cursor().execute("UPDATE branch SET officer_id = 99")
    raw.cursor().execute("PRAGMA foreign_keys=ON")
    raw.close()


ENDED = """
INSERT INTO campaign (id, code, revision, status, definition, launched_at, launched_by, ended_at)
    VALUES (2, 'over', 1, 'ended', '{}', '2008-09-01 00:00:00.000000', 'chen', '2008-12-01 00:00:00.000000');
INSERT INTO wave (id, campaign_id, code, position, starts) VALUES (2, 2, 'all', 0, '2008-09-07');
INSERT INTO enrolment (id, campaign_id, branch_id, wave_id, joined_on)
    VALUES (1, 1, 1, 1, '2009-09-07'), (2, 2, 1, 2, '2008-09-07');
INSERT INTO stage (id, campaign_id, code, kind, position) VALUES (2, 2, 'study', 'study', 0);
INSERT INTO task (id, stage_id, code, position) VALUES (2, 2, 'lecture', 0), (3, 2, 'talk', 1);
INSERT INTO "window" (id, stage_id, wave_id, status, first_day, last_day, opens_at, closes_at, opened_at, blockers)
    VALUES (2, 2, 2, 'closed', '2008-09-07', '2008-09-24', '2008-09-07 00:00:00.000000', '2008-09-25 00:00:00.000000',
    '2008-09-07 01:00:00.000000', '[]');
INSERT INTO counter (window_id, task_id, unit_id, due_at, total, done, in_time, waived)
    VALUES (1, 1, 1, '2009-09-18 00:00:00.000000', 1, 0, 0, 0), (2, 2, 1, '2008-09-18 00:00:00.000000', 5, 4, 3, 1),
    (2, 3, 1, '2008-09-18 00:00:00.000000', 5, 2, 2, 0)
"""


def test_what_is_counted_is_kept_of_campaigns_that_ended_before(engine: Engine) -> None:
    with _at_version_one(engine).begin() as connection:
        for row in ENDED.split(";"):
            connection.execute(text(row))
    upgrade(engine)
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT enrolment_id, unit_id, members, employees, officer_id FROM ended_branch")
        )
        assert kept.tuples().all() == [(2, 1, 3, 9, 1)]
        work = connection.execute(text("SELECT window_id, unit_id, total, done, in_time, waived FROM ended_counter"))
        assert work.tuples().all() == [(2, 1, 10, 6, 5, 1)]


LEFT = """
INSERT INTO branch (id, code, name, unit_id, kind, status, members, employees)
    VALUES (2, 'B2', '已撤支部', 1, 'branch', 'dissolved', 3, 9);
INSERT INTO enrolment (id, campaign_id, branch_id, wave_id, joined_on)
    VALUES (3, 1, 2, 1, '2009-09-07'), (4, 2, 2, 2, '2008-09-07')
"""


def test_branches_that_are_not_active_have_left_the_campaigns_that_run(engine: Engine) -> None:
    with _at_version_one(engine).begin() as connection:
        for row in f"{ENDED};{LEFT}".split(";"):
            connection.execute(text(row))
    upgrade(engine)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT id FROM enrolment WHERE left_on IS NOT NULL"))
        assert [*left.scalars()] == [3], "what a campaign that is over counts stays"
