"""The ledgers: visits, exemplars, bulletins and the others; of problems, category, measures and who verified them;
the returns; when branches left campaigns, and what the registry said of those of campaigns that are over;
extensions of one wave"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LEDGERS = (
    "visit",
    "exemplar",
    "bulletin",
    "training",
    "suggestion",
    "meeting",
    "survey",
    "contact",
    "coverage",
    "foundation",
    "grading",
    "target",
)


def upgrade() -> None:
    _make_ledger(
        "visit",
        _choice("way"),
        _count("persons"),
        _text("findings", 2000, nullable=True),
        sa.Column("problem", sa.Integer(), nullable=True),
        _text("task", 81, nullable=True),
        has_officer=True,
    )
    _make_ledger(
        "exemplar",
        _text("name", 400),
        _choice("level"),
        _choice("category"),
        *(sa.Column(way, sa.Boolean(), nullable=False) for way in ("story_published", "told_on_tour", "shown_on_site")),
    )
    _make_ledger(
        "bulletin",
        _count("issue"),
        _text("issuer", 400),
        _text("headline", 400),
        _day("since"),
        _day("until"),
        sa.Column("body", sa.Text(), nullable=False),
    )
    _make_ledger("training", _text("topic", 400), _choice("audience"), _count("persons"))
    _make_ledger("suggestion", _text("subject", 400), _count("made"), _count("adopted"), _count("effective"))
    _make_ledger("meeting", _choice("kind"), _text("topic", 400), _count("parties"), _count("persons"))
    _make_ledger(
        "survey",
        _day("since"),
        _text("subject", 400),
        _count("persons"),
        _count("organisations"),
        _text("findings", 2000, nullable=True),
    )
    _make_ledger("contact", _text("leader", 100), _text("post", 400, nullable=True))
    _make_ledger(
        "coverage",
        *map(
            _count,
            (
                "enterprises",
                "sole_traders",
                "employees",
                "members",
                "enterprises_with_members",
                "committees",
                "branches",
                "joint_branches",
                "local_organisations",
                "grassroots_organisations",
                "industry_organisations",
                "organisation_members",
            ),
        ),
        sa.Column("alone", sa.Boolean(), nullable=False),
    )
    _make_ledger(
        "foundation",
        _text("enterprise", 400),
        _choice("kind"),
        _choice("status"),
        _count("employees"),
        _count("full_members"),
        has_officer=True,
    )
    _make_ledger("grading", _choice("grade"), _text("grounds", 2000, nullable=True))
    _make_ledger("target", _choice("measure"), _count("wanted"), _text("person", 100), _day("due"))
    _make_returns()
    _keep_ended_branches()
    _keep_ended_counters()
    _let_branches_leave()
    op.add_column("assignment", sa.Column("reopened", sa.Integer(), nullable=False, server_default=sa.text("0")))
    with op.batch_alter_table("branch") as branch:
        branch.add_column(sa.Column("graded", sa.String(length=32), nullable=True))
    with op.batch_alter_table("problem") as problem:
        problem.add_column(_text("category", 100, nullable=True))
        problem.add_column(_text("measures", 2000, nullable=True))
        problem.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        problem.add_column(_text("verified_by", 100, nullable=True))
        problem.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("extension") as extension:
        extension.add_column(sa.Column("wave_id", sa.Integer(), nullable=True))
        extension.create_foreign_key("fk_extension_wave_id", "wave", ["wave_id"], ["id"])
    op.execute("UPDATE problem SET unit_id = (SELECT unit_id FROM branch WHERE branch.id = problem.branch_id)")
    with op.batch_alter_table("problem") as problem:
        problem.alter_column("unit_id", nullable=False)
        problem.create_foreign_key("fk_problem_unit_id", "unit", ["unit_id"], ["id"])
        problem.create_index("ix_problem_unit_id", ["unit_id"])


def downgrade() -> None:
    """Go back; an extension of one wave holds in all of them from then on, so that nobody loses a day."""
    with op.batch_alter_table("extension") as extension:
        extension.drop_constraint("fk_extension_wave_id", type_="foreignkey")
        extension.drop_column("wave_id")
    with op.batch_alter_table("assignment") as assignment:
        assignment.drop_column("reopened")
    with op.batch_alter_table("branch") as branch:
        branch.drop_column("graded")
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.drop_index("ix_enrolment_wave_id_left_on")
        enrolment.drop_column("left_on")
        enrolment.create_index("ix_enrolment_wave_id", ["wave_id"])
    with op.batch_alter_table("problem") as problem:
        problem.drop_index("ix_problem_unit_id")
        problem.drop_constraint("fk_problem_unit_id", type_="foreignkey")
        problem.drop_column("unit_id")
        for column in ("category", "measures", "verified_at", "verified_by"):
            problem.drop_column(column)
    for table in ("ended_counter", "ended_branch", "return_part", "return_figure", "unit_return", *reversed(LEDGERS)):
        op.drop_table(table)


def _make_returns() -> None:
    op.create_table(
        "unit_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        _count("version"),
        _count("missing"),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        _text("passed_by", 100),
        _text("reason", 1000, nullable=True),
        sa.Column("outdated_at", sa.DateTime(timezone=True), nullable=True),
        _text("outdated_by", 100, nullable=True),
        _text("outdated_reason", 1000, nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outdated_at IS NULL) = (outdated_by IS NULL)", name=op.f("ck_unit_return_outdated_by_somebody")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name="fk_unit_return_stage_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_return_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_return"),
        sa.UniqueConstraint("stage_id", "unit_id", "version", name="uq_unit_return_stage_id_unit_id_version"),
    )
    op.create_index("ix_unit_return_unit_id", "unit_return", ["unit_id"])
    op.create_index(
        "ix_unit_return_latest",
        "unit_return",
        ["stage_id", "unit_id"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "return_figure",
        sa.Column("return_id", sa.Integer(), nullable=False),
        _text("code", 40),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["unit_return.id"], name="fk_return_figure_return_id"),
        sa.PrimaryKeyConstraint("return_id", "code", name="pk_return_figure"),
    )
    op.create_table(
        "return_part",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["unit_return.id"], name="fk_return_part_part_id"),
        sa.ForeignKeyConstraint(["return_id"], ["unit_return.id"], name="fk_return_part_return_id"),
        sa.PrimaryKeyConstraint("return_id", "part_id", name="pk_return_part"),
    )
    op.create_index("ix_return_part_part_id", "return_part", ["part_id"])


def _keep_ended_branches() -> None:
    """Keep of branches what the registry says: of campaigns that ended before, as it says it now."""
    op.create_table(
        "ended_branch",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        _count("members"),
        _count("employees"),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name="fk_ended_branch_enrolment_id"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_ended_branch_officer_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_ended_branch_unit_id"),
        sa.PrimaryKeyConstraint("enrolment_id", name="pk_ended_branch"),
    )
    op.execute(
        "INSERT INTO ended_branch (enrolment_id, unit_id, members, employees, officer_id) "
        "SELECT enrolment.id, branch.unit_id, branch.members, branch.employees, branch.officer_id FROM enrolment "
        "JOIN branch ON branch.id = enrolment.branch_id JOIN campaign ON campaign.id = enrolment.campaign_id "
        "WHERE campaign.status = 'ended'"
    )


def _keep_ended_counters() -> None:
    """Keep of work what is counted: of campaigns that ended before, as it stands now."""
    op.create_table(
        "ended_counter",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        _count("total"),
        _count("done"),
        _count("in_time"),
        _count("waived"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_ended_counter_unit_id"),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name="fk_ended_counter_window_id"),
        sa.PrimaryKeyConstraint("window_id", "unit_id", "due_at", name="pk_ended_counter"),
    )
    op.execute(
        "INSERT INTO ended_counter (window_id, unit_id, due_at, total, done, in_time, waived) "
        "SELECT counter.window_id, counter.unit_id, counter.due_at, "
        "sum(counter.total), sum(counter.done), sum(counter.in_time), sum(counter.waived) FROM counter "
        'JOIN "window" ON "window".id = counter.window_id JOIN stage ON stage.id = "window".stage_id '
        "JOIN campaign ON campaign.id = stage.campaign_id WHERE campaign.status = 'ended' "
        "GROUP BY counter.window_id, counter.unit_id, counter.due_at"
    )


def _let_branches_leave() -> None:
    """Let those that are not active now have left the campaigns that run: since when was not kept."""
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        enrolment.drop_index("ix_enrolment_wave_id")
        enrolment.create_index("ix_enrolment_wave_id_left_on", ["wave_id", "left_on"])
    op.execute(
        "UPDATE enrolment SET left_on = CURRENT_DATE "
        "WHERE branch_id IN (SELECT id FROM branch WHERE status <> 'active') "
        "AND campaign_id IN (SELECT id FROM campaign WHERE status = 'running')"
    )


def _make_ledger(table: str, *own: sa.Column[Any], has_officer: bool = False) -> None:
    """Make a ledger's table: what all have in common, and the columns of its own."""
    officer = (
        (
            sa.Column("officer_id", sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=f"fk_{table}_officer_id"),
        )
        if has_officer
        else ()
    )
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by", sa.String(length=100), nullable=True),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        *officer,
        *own,
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=f"fk_{table}_branch_id"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=f"fk_{table}_campaign_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=f"fk_{table}_unit_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("campaign_id", "number", name=f"uq_{table}_campaign_id_number"),
    )
    op.create_index(f"ix_{table}_campaign_id_day", table, ["campaign_id", "day"])
    for column in ("branch_id", "unit_id", *(("officer_id",) if has_officer else ())):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=False)


def _choice(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=32), nullable=False)


def _text(name: str, longest: int, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=longest), nullable=nullable)
