"""Reports and bulletins as plain values: small ones, with what is said otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from config.definition.text import Text
from config.vocabulary import (
    BlockerKind,
    ExemplarCategory,
    FigureKind,
    Measure,
    ReturnStatus,
    UnitLevel,
    WindowStatus,
)
from reports.asked import Asked, AskedPart, AskedRow, AskedTable
from reports.bulletin import ASKED, Bulletin, Change, Happenings, Named
from reports.form import Form, FormRow
from reports.report import (
    ExemplarRow,
    Exemplars,
    FigureRow,
    OpenProblemRow,
    OpenProblems,
    OverrideRow,
    ProblemRow,
    ProblemTable,
    Report,
    StageRow,
    UnitRow,
    UnitTable,
)
from reports.work import Afterwards, WorkRow, WorkTable
from rules.gates import Blocker
from rules.progress import Tally

WRITTEN_AT = datetime(2010, 1, 25, 1, tzinfo=UTC)

MAIN = Text(zh="全面推开", en="main")
AN_EXEMPLAR = ExemplarRow("雄县", "企业支部", "夜校", UnitLevel.CITY, ExemplarCategory.PRACTICE, True, False, True)


def problem_row(name: str | None, found: int, solved: int) -> ProblemRow:
    """Problems with an SQL that gives them."""
    return ProblemRow(name, found, solved, f"SELECT {found} AS found, {solved} AS solved")


def problems(*rows: tuple[str | None, int, int]) -> ProblemTable:
    """A table of problems, with all of them together."""
    found, solved = (sum(row[place] for row in rows) for place in (1, 2))
    return ProblemTable(tuple(problem_row(*row) for row in rows), problem_row(None, found, solved))


ATTENDANCE = AskedRow(
    stage=Text(zh="学习", en="Study"),
    task=Text(zh="集中学习", en="Study sessions"),
    title=Text(zh="到会人次", en="Attendance"),
    kind=FigureKind.COUNT,
    counted_in=None,
    total=9100,
    branches=700,
    source="SELECT 9100 AS total, 700 AS branches",
)
COST = replace(
    ATTENDANCE,
    title=Text(zh="经费", en="Cost"),
    kind=FigureKind.AMOUNT,
    counted_in=Text(zh="元", en="yuan"),
    total=Decimal("12345.5"),
    branches=690,
    source="SELECT 1234550 AS total, 690 AS branches",
)
FIGURES_ASKED = Asked(
    (ATTENDANCE, COST),
    (
        AskedTable(
            (ATTENDANCE, COST),
            (
                AskedPart("清苑县", (9000, Decimal("12345.5")), ("SELECT 9000 AS amount", "SELECT 1234550 AS amount")),
                AskedPart("雄县", (100, Decimal(0)), ("SELECT 100 AS amount", "SELECT 0 AS amount")),
            ),
        ),
    ),
)
"""What a task asked for: a count that both units gave, and an amount that one of them gave."""
NOTHING_ASKED = Asked((), ())


def work_row(name: str, wanted: int, done: int) -> WorkRow:
    """Work of which all was due, with an SQL that gives it."""
    source = f"SELECT {wanted} AS total, {done} AS done, 0 AS waived, {wanted} AS due, {done} AS due_done"
    return WorkRow(name, Tally(total=wanted, done=done, in_time=done, due=wanted, due_done=done), source)


A_REPORT = Report(
    title=Text(zh="学习活动", en="Study"),
    note=Text(zh="示例数据", en="Sample data"),
    unit=None,
    since=None,
    until=None,
    first_day=date(2009, 9, 7),
    last_day=date(2010, 1, 22),
    written_on=date(2010, 1, 25),
    figures=(
        FigureRow(Measure.VISITS, 6327, "SELECT 6327"),
        FigureRow(Measure.PROBLEMS_FOUND, 1320, "SELECT 1320"),
        FigureRow(Measure.PROBLEMS_SOLVED, 894, "SELECT 894"),
    ),
    tables=(
        UnitTable(
            (Measure.PROBLEMS_FOUND, Measure.PROBLEMS_SOLVED),
            (
                UnitRow("清苑县", (1000, 700), ("SELECT 1000", "SELECT 700")),
                UnitRow("雄县", (320, 194), ("SELECT 320", "SELECT 194")),
            ),
            (1320, 894),
            ("SELECT 1320", "SELECT 894"),
        ),
    ),
    asked=FIGURES_ASKED,
    problems_by_unit=problems(("清苑县", 1000, 700), ("雄县", 320, 194)),
    problems_by_category=problems(("职工服务", 1300, 894), (None, 20, 0)),
    open_problems=OpenProblems(
        (
            OpenProblemRow(7, "雄县", "企业支部", "没有活动场所", "职工服务", "李主任", date(2010, 1, 8)),
            OpenProblemRow(9, "雄县", "企业支部", "没有报刊", None, None, None),
        ),
        "SELECT 2",
    ),
    exemplars=Exemplars((AN_EXEMPLAR,), "SELECT 1"),
    stages=(
        StageRow(
            stage=Text(zh="动员", en="Mobilization"),
            wave=MAIN,
            status=WindowStatus.CLOSED,
            first_day=date(2009, 9, 14),
            last_day=date(2009, 9, 30),
            closed_on=date(2009, 10, 8),
            tally=Tally(total=100, done=97, in_time=90, due=100, due_done=97),
            blockers=(Blocker(BlockerKind.SHARE_DONE, 97, 98),),
            source="SELECT 100 AS total, 97 AS done, 0 AS waived, 100 AS due, 97 AS due_done",
            gate_source="SELECT '[]'",
        ),
    ),
    work_by_unit=WorkTable(
        (work_row("清苑县", 60, 60), work_row("雄县", 40, 37)),
        work_row("", 100, 97),
    ),
    afterwards=Afterwards(date(2010, 1, 22), 2, 5, "SELECT 2", "SELECT 5"),
    overrides=(OverrideRow(Text(zh="动员", en="Mobilization"), MAIN, date(2009, 10, 8), "王主任", "水灾"),),
)


def a_report(**more: Any) -> Report:
    """A report with two units, with what is said otherwise."""
    return replace(A_REPORT, **more)


def an_empty_report() -> Report:
    """The report of a campaign on its first day."""
    nothing = Tally()
    (stage,) = A_REPORT.stages
    return a_report(
        note=None,
        figures=(),
        tables=(),
        asked=NOTHING_ASKED,
        problems_by_unit=problems(),
        problems_by_category=problems(),
        open_problems=OpenProblems((), "SELECT 0"),
        exemplars=Exemplars((), "SELECT 0"),
        work_by_unit=WorkTable((), replace(A_REPORT.work_by_unit.total, tally=nothing)),
        afterwards=None,
        stages=(replace(stage, tally=nothing, blockers=(), closed_on=None, status=WindowStatus.OPEN),),
        overrides=(),
    )


def a_long_report() -> Report:
    """A report over 31 units with names and texts as long as they may be, and words that do not break."""
    names = [f"{number}号" + "新疆维吾尔自治区伊犁哈萨克自治州" * 2 for number in range(31)]
    (table,) = A_REPORT.tables
    (override,) = A_REPORT.overrides
    sources = ("SELECT 1000000", "SELECT 999999")
    owned = OpenProblemRow(8, names[0], "企业支部" * 25, "没有活动场所。" * 57, "职工服务" * 10, "李" * 40, None)
    return a_report(
        title=Text(zh="学习活动" * 20, en="Study " * 40),
        tables=(replace(table, rows=tuple(UnitRow(name, (1_000_000, 999_999), sources) for name in names)),),
        work_by_unit=WorkTable(tuple(work_row(name, 1_000_000, 999_999) for name in names), work_row("", 31, 31)),
        problems_by_unit=problems(*((name, 1_000_000, 999_999) for name in names)),
        open_problems=OpenProblems((owned, replace(owned, title="W" * 400)), "SELECT 2"),
        overrides=(replace(override, reason="水灾" * 500),),
    )


def a_form() -> Form:
    """A return of a unit with two units below, one of which has passed nothing on."""
    sources = {"source": "SELECT 9", "source_before": "SELECT 8", "source_recorded": "SELECT 7"}
    members = FormRow(
        title=Text(zh="党员", en="Members"),
        kind=FigureKind.COUNT,
        counted_in=Text(zh="人", en="people"),
        value=9,
        before=8,
        recorded=7,
        parts=(4, 5, None),
        source_parts=("SELECT 4", "SELECT 5", ""),
        **sources,
    )
    dues = replace(
        members,
        title=Text(zh="党费", en="Dues"),
        kind=FigureKind.AMOUNT,
        counted_in=None,
        value=Decimal("1200.50"),
        before=None,
        recorded=None,
        parts=(Decimal("1200.50"), None, None),
    )
    return Form(
        campaign=Text(zh="季报", en="Returns"),
        note=Text(zh="示例数据", en="Sample data"),
        stage=Text(zh="第一季度", en="Quarter 1"),
        unit="清苑县",
        since=date(2010, 1, 1),
        until=date(2010, 3, 31),
        status=ReturnStatus.OUTDATED,
        version=2,
        passed_on=date(2010, 4, 2),
        passed_by="王主任",
        reason="改正",
        missing=1,
        parts=(Text(zh="本级支部", en="Own branches"), Text.same("清苑镇"), Text.same("冉庄镇")),
        rows=(members, dues),
    )


def change(value: int, before: int) -> Change:
    """A change with an SQL for both of its numbers."""
    return Change(value, before, f"SELECT {value}", f"SELECT {before}")


def happenings(changes: dict[Measure, tuple[int, int]], **more: Any) -> Happenings:
    """What happened in 清苑县 in October 2009: of each measure now and before."""
    told = {measure: change(*changes.get(measure, (0, 0))) for measure in ASKED}
    plain = Happenings("清苑县", date(2009, 10, 1), date(2009, 10, 31), told, (), ())
    return replace(plain, **more)


def named(count: int) -> tuple[Named, ...]:
    """As many things, each of its branch."""
    return tuple(Named(f"典型{number}", f"支部{number}") for number in range(1, count + 1))


def a_bulletin(**more: Any) -> Bulletin:
    """An issue, with what is said otherwise."""
    plain = Bulletin(
        campaign=Text(zh="学习活动", en="Study"),
        note=None,
        unit="清苑县",
        issue=3,
        issuer="清苑县指导组",
        day=date(2009, 11, 2),
        since=date(2009, 10, 1),
        until=date(2009, 10, 31),
        headline="十月工作情况",
        body="第一段。\n第二段。",
        is_draft=False,
    )
    return replace(plain, **more)
