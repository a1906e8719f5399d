"""Subtotals: what the counters below a unit come to, and what of each counter is in them; day marks of large units"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COUNTED = ("total", "done", "in_time", "waived")


def upgrade() -> None:
    for name in COUNTED:
        op.add_column(
            "counter", sa.Column(f"carried_{name}", sa.Integer(), nullable=False, server_default=sa.text("0"))
        )
    op.add_column("counter", sa.Column("is_carried", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_counter_window_id_uncarried",
        "counter",
        ["window_id"],
        sqlite_where=sa.text("is_carried = 0"),
        postgresql_where=sa.text("NOT is_carried"),
    )
    op.create_table(
        "subtotal",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTED),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_subtotal_unit_id"),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name="fk_subtotal_window_id"),
        sa.PrimaryKeyConstraint("unit_id", "window_id", "due_at", name="pk_subtotal"),
    )
    op.create_index("ix_subtotal_window_id", "subtotal", ["window_id"])
    op.create_table(
        "part_mark",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_part_mark_unit_id"),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name="fk_part_mark_window_id"),
        sa.PrimaryKeyConstraint("unit_id", "window_id", "day", name="pk_part_mark"),
    )


def downgrade() -> None:
    op.drop_table("part_mark")
    op.drop_table("subtotal")
    op.drop_index("ix_counter_window_id_uncarried", "counter")
    op.drop_column("counter", "is_carried")
    for name in COUNTED:
        op.drop_column("counter", f"carried_{name}")
