"""The branch that an enrolled one was merged into"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        enrolment.create_foreign_key("fk_enrolment_successor_id", "branch", ["successor_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.drop_constraint("fk_enrolment_successor_id", type_="foreignkey")
        enrolment.drop_column("successor_id")
