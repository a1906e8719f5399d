"""Lines about officers whom nothing reaches"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = ("assignment_id", "problem_id", "window_id", "channel_id")
AFTER = (*BEFORE, "unreached_id")


def upgrade() -> None:
    with op.batch_alter_table("notice_line") as line:
        line.add_column(sa.Column("unreached_id", sa.Integer(), nullable=True))
        line.create_foreign_key("fk_notice_line_unreached_id", "officer", ["unreached_id"], ["id"])
        line.drop_constraint(op.f("ck_notice_line_one_subject"), type_="check")
        line.create_check_constraint(op.f("ck_notice_line_one_subject"), _is_one_of(AFTER))
    op.create_index(
        "ix_notice_line_unreached_id",
        "notice_line",
        ["unreached_id", "notice_id", "section"],
        unique=True,
        sqlite_where=sa.text("unreached_id IS NOT NULL"),
        postgresql_where=sa.text("unreached_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.execute("DELETE FROM notice_line WHERE unreached_id IS NOT NULL")
    op.drop_index("ix_notice_line_unreached_id", table_name="notice_line")
    with op.batch_alter_table("notice_line") as line:
        line.drop_constraint(op.f("ck_notice_line_one_subject"), type_="check")
        line.drop_constraint("fk_notice_line_unreached_id", type_="foreignkey")
        line.drop_column("unreached_id")
        line.create_check_constraint(op.f("ck_notice_line_one_subject"), _is_one_of(BEFORE))


def _is_one_of(subjects: Sequence[str]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in subjects) + " = 1"
