"""Forms that were taken, so that a double click adds nothing twice"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "taken_form",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_taken_form"),
    )
    op.create_index("ix_taken_form_at", "taken_form", ["at"])


def downgrade() -> None:
    op.drop_table("taken_form")
