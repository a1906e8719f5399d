"""Users, their logins and tokens; evidence, extensions that are asked for, whom to call at a branch; day marks"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _make_users()
    _make_answers()
    _make_day_marks()
    op.create_index("ix_event_at", "event", ["at"])
    op.create_index("ix_event_kind_id", "event", ["kind", "id"])
    with op.batch_alter_table("branch") as branch:
        branch.add_column(sa.Column("phone", sa.String(length=400), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("branch") as branch:
        branch.drop_column("phone")
    op.drop_index("ix_event_kind_id", "event")
    op.drop_index("ix_event_at", "event")
    _drop_day_marks()
    for table in ("extension_request", "evidence", "token", "reply", "login", "user", "failed_login"):
        op.drop_table(table)


def _make_users() -> None:
    op.create_table(
        "failed_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_login"),
    )
    op.create_index("ix_failed_login_at", "failed_login", ["at"])
    op.create_index("ix_failed_login_fingerprint_at", "failed_login", ["fingerprint", "at"])

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("link_epoch", sa.Integer(), nullable=False),
        sa.CheckConstraint("(role = 'officer') = (officer_id IS NOT NULL)", name=op.f("ck_user_officer_is_named")),
        sa.CheckConstraint("officer_id IS NULL OR unit_id IS NULL", name=op.f("ck_user_one_scope")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_user_officer_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_user_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("login", name="uq_user_login"),
        sa.UniqueConstraint("subject", name="uq_user_subject"),
    )
    op.create_index("ix_user_officer_id", "user", ["officer_id"])
    op.create_index("ix_user_unit_id", "user", ["unit_id"])

    op.create_table(
        "login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_login_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_login"),
        sa.UniqueConstraint("digest", name="uq_login_digest"),
    )
    op.create_index("ix_login_ends_at", "login", ["ends_at"])
    op.create_index("ix_login_user_id", "login", ["user_id"])

    op.create_table(
        "reply",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_reply_user_id"),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_reply"),
    )
    op.create_index("ix_reply_at", "reply", ["at"])

    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=100), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_token_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
    )
    op.create_index("ix_token_user_id", "token", ["user_id"])


def _make_answers() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name="fk_evidence_assignment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("place", name="uq_evidence_place"),
    )
    op.create_index("ix_evidence_assignment_id", "evidence", ["assignment_id"])

    op.create_table(
        "extension_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "(status = 'asked') = (decided_at IS NULL)", name=op.f("ck_extension_request_decided_has_instant")
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name="fk_extension_request_assignment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_extension_request"),
    )
    op.create_index("ix_extension_request_assignment_id", "extension_request", ["assignment_id"])
    op.create_index(
        "ix_extension_request_waiting",
        "extension_request",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("status = 'asked'"),
        postgresql_where=sa.text("status = 'asked'"),
    )


def _make_day_marks() -> None:
    op.create_table(
        "day_mark",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Integer(), nullable=False),
        sa.Column("waived", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name="fk_day_mark_window_id"),
        sa.PrimaryKeyConstraint("window_id", "day", name="pk_day_mark"),
    )
    op.create_index("ix_problem_campaign_id_status", "problem", ["campaign_id", "status"])
    op.drop_index("ix_notice_campaign_id_status", "notice")
    op.create_index("ix_notice_campaign_id_status_day", "notice", ["campaign_id", "status", "day"])


def _drop_day_marks() -> None:
    op.drop_index("ix_notice_campaign_id_status_day", "notice")
    op.create_index("ix_notice_campaign_id_status", "notice", ["campaign_id", "status"])
    op.drop_index("ix_problem_campaign_id_status", "problem")
    op.drop_table("day_mark")
