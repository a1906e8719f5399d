"""Accounts and their rates, silences, deputies, announcements, and what an extension is told by"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONE_SUBJECT = " + ".join(
    f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)"
    for column in ("assignment_id", "problem_id", "window_id", "channel_id")
)
IS_CLAIMABLE = "status IN ('failed', 'planned', 'unknown')"
# Where a repeat did no harm until now, it does none from now on.
REPEATABLE = "('folder', 'log')"


def upgrade() -> None:
    _make_accounts_and_silences()
    _alter_people()
    _alter_notices()
    _make_slots()


def _make_accounts_and_silences() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("rate_count", sa.Integer(), nullable=True),
        sa.Column("rate_seconds", sa.Integer(), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_reason", sa.String(length=400), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("fingerprint", name="uq_account_fingerprint"),
    )
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=100), nullable=True),
        sa.CheckConstraint("(branch_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_silence_branch_or_unit")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_silence_starts_before_it_ends")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_silence_branch_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_silence_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_silence"),
    )
    op.create_index("ix_silence_branch_id", "silence", ["branch_id"])
    op.create_index("ix_silence_unit_id", "silence", ["unit_id"])
    op.create_index("ix_silence_ends_at", "silence", ["ends_at"])


def _alter_people() -> None:
    with op.batch_alter_table("officer") as officer:
        officer.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        officer.add_column(sa.Column("away_from", sa.Date(), nullable=True))
        officer.add_column(sa.Column("away_until", sa.Date(), nullable=True))
        officer.add_column(sa.Column("link_epoch", sa.Integer(), nullable=False, server_default="0"))
        officer.create_foreign_key("fk_officer_deputy_id", "officer", ["deputy_id"], ["id"])
        officer.create_check_constraint(op.f("ck_officer_away_has_deputy"), "(deputy_id IS NULL) = (away_from IS NULL)")
        officer.create_index("ix_officer_deputy_id", ["deputy_id"])
    with op.batch_alter_table("channel") as channel:
        channel.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        channel.add_column(sa.Column("on_doubt", sa.String(length=32), nullable=False, server_default="hold"))
        channel.add_column(sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True))
        channel.add_column(sa.Column("disabled_reason", sa.String(length=1000), nullable=True))
        channel.add_column(sa.Column("is_reported", sa.Boolean(), nullable=False, server_default=sa.true()))
        channel.create_foreign_key("fk_channel_account_id", "account", ["account_id"], ["id"])
        channel.create_index("ix_channel_account_id", ["account_id"])
    # The defaults filled the rows there were; SQLite copies these before it drops them, so in a step of its own.
    with op.batch_alter_table("officer") as officer:
        officer.alter_column("link_epoch", server_default=None)
    with op.batch_alter_table("channel") as channel:
        channel.alter_column("on_doubt", server_default=None)
        channel.alter_column("is_reported", server_default=None)
    op.create_index(
        "ix_channel_is_reported",
        "channel",
        ["is_reported"],
        sqlite_where=sa.text("is_reported = 0"),
        postgresql_where=sa.text("NOT is_reported"),
    )
    op.execute(f"UPDATE channel SET on_doubt = 'repeat' WHERE service IN {REPEATABLE}")


def _alter_notices() -> None:
    with op.batch_alter_table("window") as window:
        window.add_column(sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE "window" SET announced_at = opened_at')
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("extension_id", sa.Integer(), nullable=True))
        notice.create_foreign_key("fk_notice_extension_id", "extension", ["extension_id"], ["id"])
        notice.drop_constraint("uq_notice_officer_id_kind_day", type_="unique")
        notice.create_unique_constraint("uq_notice_officer_id_extension_id", ["officer_id", "extension_id"])
        notice.create_check_constraint(
            op.f("ck_notice_extension_is_named"), "(kind = 'extension') = (extension_id IS NOT NULL)"
        )
    op.create_index(
        "ix_notice_officer_id_day",
        "notice",
        ["officer_id", "day"],
        unique=True,
        sqlite_where=sa.text("kind = 'digest'"),
        postgresql_where=sa.text("kind = 'digest'"),
    )
    with op.batch_alter_table("notice_line") as line:
        line.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=True))
        line.add_column(sa.Column("window_id", sa.Integer(), nullable=True))
        line.add_column(sa.Column("channel_id", sa.Integer(), nullable=True))
        line.alter_column("rung", existing_type=sa.Integer(), nullable=True)
        line.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        line.create_foreign_key("fk_notice_line_window_id", "window", ["window_id"], ["id"])
        line.create_foreign_key("fk_notice_line_channel_id", "channel", ["channel_id"], ["id"])
        line.drop_constraint(op.f("ck_notice_line_assignment_or_problem"), type_="check")
        line.create_check_constraint(op.f("ck_notice_line_one_subject"), f"{ONE_SUBJECT} = 1")
        line.create_check_constraint(
            op.f("ck_notice_line_work_has_a_deadline"),
            "(assignment_id IS NULL AND problem_id IS NULL) = (due_at IS NULL)",
        )
        line.create_unique_constraint(
            "uq_notice_line_notice_id_section_window_id", ["notice_id", "section", "window_id"]
        )
        line.create_unique_constraint(
            "uq_notice_line_notice_id_section_channel_id", ["notice_id", "section", "channel_id"]
        )
    op.create_index(
        "ix_notice_line_window_id",
        "notice_line",
        ["window_id"],
        sqlite_where=sa.text("window_id IS NOT NULL"),
        postgresql_where=sa.text("window_id IS NOT NULL"),
    )
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("html", sa.Text(), nullable=True))
        delivery.add_column(sa.Column("dated", sa.DateTime(timezone=True), nullable=True))
        delivery.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        delivery.add_column(sa.Column("on_doubt", sa.String(length=32), nullable=False, server_default="hold"))
        delivery.create_foreign_key("fk_delivery_account_id", "account", ["account_id"], ["id"])
        delivery.drop_index("ix_delivery_status_not_before")
    with op.batch_alter_table("delivery") as delivery:
        delivery.alter_column("on_doubt", server_default=None)
    op.execute("UPDATE delivery SET on_doubt = (SELECT on_doubt FROM channel WHERE channel.id = delivery.channel_id)")
    op.create_index(
        "ix_delivery_waiting",
        "delivery",
        ["on_doubt", "account_id", "not_before"],
        sqlite_where=sa.text(IS_CLAIMABLE),
        postgresql_where=sa.text(IS_CLAIMABLE),
    )
    op.create_index("ix_delivery_status_lease_until", "delivery", ["status", "lease_until"])


def _make_slots() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_slot_account_id"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_slot_delivery_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slot"),
        sa.UniqueConstraint("account_id", "number", name="uq_slot_account_id_number"),
    )
    op.create_index("ix_slot_delivery_id", "slot", ["delivery_id"])


def downgrade() -> None:
    """Go back; what the older tables have no room for is gone: silences, accounts, announcements, extensions told."""
    op.drop_table("slot")
    _restore_notices()
    _restore_people()
    op.drop_table("silence")
    op.drop_table("account")


def _restore_notices() -> None:
    op.drop_index("ix_delivery_status_lease_until", table_name="delivery")
    op.drop_index("ix_delivery_waiting", table_name="delivery")
    with op.batch_alter_table("delivery") as delivery:
        delivery.drop_constraint("fk_delivery_account_id", type_="foreignkey")
        delivery.drop_column("on_doubt")
        delivery.drop_column("account_id")
        delivery.drop_column("dated")
        delivery.drop_column("html")
        delivery.create_index("ix_delivery_status_not_before", ["status", "not_before"])
    op.execute("DELETE FROM notice_line WHERE due_at IS NULL OR rung IS NULL")
    op.drop_index("ix_notice_line_window_id", table_name="notice_line")
    with op.batch_alter_table("notice_line") as line:
        line.drop_constraint("uq_notice_line_notice_id_section_channel_id", type_="unique")
        line.drop_constraint("uq_notice_line_notice_id_section_window_id", type_="unique")
        line.drop_constraint(op.f("ck_notice_line_work_has_a_deadline"), type_="check")
        line.drop_constraint(op.f("ck_notice_line_one_subject"), type_="check")
        line.drop_constraint("fk_notice_line_channel_id", type_="foreignkey")
        line.drop_constraint("fk_notice_line_window_id", type_="foreignkey")
        line.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        line.alter_column("rung", existing_type=sa.Integer(), nullable=False)
        line.drop_column("channel_id")
        line.drop_column("window_id")
        line.drop_column("since")
        line.create_check_constraint(
            op.f("ck_notice_line_assignment_or_problem"), "(assignment_id IS NULL) <> (problem_id IS NULL)"
        )
    apart = "SELECT id FROM notice WHERE kind = 'extension'"
    op.execute(f"DELETE FROM attempt WHERE delivery_id IN (SELECT id FROM delivery WHERE notice_id IN ({apart}))")
    op.execute(f"DELETE FROM delivery WHERE notice_id IN ({apart})")
    op.execute(f"DELETE FROM notice_line WHERE notice_id IN ({apart})")
    op.execute("DELETE FROM notice WHERE kind = 'extension'")
    op.drop_index("ix_notice_officer_id_day", table_name="notice")
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint(op.f("ck_notice_extension_is_named"), type_="check")
        notice.drop_constraint("uq_notice_officer_id_extension_id", type_="unique")
        notice.drop_constraint("fk_notice_extension_id", type_="foreignkey")
        notice.drop_column("extension_id")
        notice.create_unique_constraint("uq_notice_officer_id_kind_day", ["officer_id", "kind", "day"])
    with op.batch_alter_table("window") as window:
        window.drop_column("announced_at")


def _restore_people() -> None:
    op.drop_index("ix_channel_is_reported", table_name="channel")
    with op.batch_alter_table("channel") as channel:
        channel.drop_index("ix_channel_account_id")
        channel.drop_constraint("fk_channel_account_id", type_="foreignkey")
        for column in ("is_reported", "disabled_reason", "disabled_at", "on_doubt", "account_id"):
            channel.drop_column(column)
    with op.batch_alter_table("officer") as officer:
        officer.drop_index("ix_officer_deputy_id")
        officer.drop_constraint(op.f("ck_officer_away_has_deputy"), type_="check")
        officer.drop_constraint("fk_officer_deputy_id", type_="foreignkey")
        for column in ("link_epoch", "away_until", "away_from", "deputy_id"):
            officer.drop_column(column)
