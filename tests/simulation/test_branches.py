"""How simulated branches act: from their seed alone, in office hours, and as late as real ones."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import load_calendar
from config.definition.schema import FigureSpec
from config.ledgers.suggestion import SuggestionEntry
from config.registry import BranchRow, read_registry
from config.samples.baoding import SAMPLE_REGISTRY
from config.vocabulary import BranchKind, FigureKind, StageKind
from simulation.branches import SEED, SHANGHAI, Behaviour, Diligence
from simulation.figures import Size
from simulation.office import Occasion, Office
from simulation.seats import Seat
from simulation.totals import Totals

CALENDAR = load_calendar("CN")
ROWS = list(read_registry(SAMPLE_REGISTRY).branches)
CODES = [row.code for row in ROWS]
BEHAVIOUR = Behaviour("baoding-2009", is_workday=CALENDAR.is_workday)
SIZE = Size(members=14, employees=220)


def at(day: date, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


OPENS, LAST = date(2009, 9, 14), date(2009, 9, 30)


def answers(task: str, last: date, rows: list[BranchRow] = ROWS) -> list[datetime | None]:
    """When the branches answer a task of the mobilization whose last day is given."""
    due = at(last + timedelta(days=1))
    return [BEHAVIOUR.answer_instant(row.code, "mobilization", task, at(OPENS), due) for row in rows]


def test_answers_do_not_depend_on_the_order_in_which_they_are_asked_for() -> None:
    backwards = answers("survey", LAST, ROWS[::-1])
    assert answers("survey", LAST) == backwards[::-1]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Behaviour("baoding-2009", SEED + 1, is_workday=CALENDAR.is_workday), id="seed"),
        pytest.param(Behaviour("baoding-2010", SEED, is_workday=CALENDAR.is_workday), id="campaign"),
    ],
)
def test_another_seed_or_campaign_goes_another_way(other: Behaviour) -> None:
    due = at(LAST + timedelta(days=1))
    assert answers("survey", LAST) != [
        other.answer_instant(code, "mobilization", "survey", at(OPENS), due) for code in CODES
    ]
    assert [BEHAVIOUR.problems_for(code) for code in CODES] != [other.problems_for(code) for code in CODES]


def test_each_task_has_answers_of_its_own() -> None:
    assert answers("survey", LAST) != answers("training", LAST)


@given(
    opens=st.integers(0, 700 * 24 * 60).map(
        lambda minutes: datetime(2008, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    lasts=st.integers(0, 40),
    code=st.sampled_from(CODES),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]),
)
def test_an_answer_comes_in_office_hours_of_a_working_day_after_the_opening(
    opens: datetime, lasts: int, code: str, zone: str
) -> None:
    there = ZoneInfo(zone)
    behaviour = Behaviour("drawn", zone=there, is_workday=CALENDAR.is_workday)
    last = opens.astimezone(there).date() + timedelta(days=lasts)
    answered = behaviour.answer_instant(code, "study", "read", opens, at(last + timedelta(days=1), there))
    if answered is None:
        assert behaviour.diligence(code) is Diligence.SILENT
        return
    assert answered > opens
    assert answered.utcoffset() == timedelta(0)
    clock = answered.astimezone(there).time()
    assert time(8, 30) <= clock < time(12) or time(14) <= clock < time(17, 30)
    assert CALENDAR.is_workday(answered.astimezone(there).date())
    assert answered < at(last + timedelta(days=17 + 9), there), "16 days and the longest holiday"


@pytest.mark.parametrize(
    ("opens", "last"),
    [
        pytest.param(date(2009, 9, 16), date(2009, 9, 16), id="one-day"),
        pytest.param(date(2009, 9, 28), date(2009, 10, 8), id="holiday-at-the-end"),
    ],
)
def test_most_answers_come_within_the_window_however_short_it_is(opens: date, last: date) -> None:
    due = at(last + timedelta(days=1))
    given_ = [BEHAVIOUR.answer_instant(code, "study", "read", at(opens), due) for code in CODES]
    assert sum(answered is not None and answered < due for answered in given_) > 0.8 * len(CODES)


def test_without_a_calendar_offices_are_open_from_monday_to_friday() -> None:
    plain = Behaviour("baoding-2009")
    given_ = [plain.answer_instant(code, "study", "read", at(OPENS), at(LAST)) for code in CODES]
    assert {answered.astimezone(SHANGHAI).weekday() for answered in given_ if answered} == set(range(5))


def test_the_gate_of_the_mobilization_is_met_some_days_after_its_planned_close() -> None:
    dues = [date(2009, 9, 21), date(2009, 9, 24), date(2009, 9, 28), LAST, LAST]
    given_ = [answered for number, due in enumerate(dues) for answered in answers(f"task-{number}", due)]

    def share(day: date) -> float:
        return sum(answered is not None and answered < at(day + timedelta(days=1)) for answered in given_) / len(given_)

    assert share(date(2009, 9, 20)) < 0.6
    assert 0.85 < share(LAST) < 0.95
    assert share(date(2009, 10, 12)) >= 0.95
    assert 0 < sum(answered is None for answered in given_) < 0.005 * len(given_)


def test_some_units_keep_their_deadlines_better_than_others() -> None:
    shares = []
    for _, rows in groupby(ROWS, key=lambda row: row.unit):
        given_ = answers("survey", LAST, [*rows])
        shares.append(
            sum(answered is not None and answered < at(LAST + timedelta(days=1)) for answered in given_) / len(given_)
        )
    assert max(shares) - min(shares) > 0.2


def test_a_branch_is_as_diligent_in_one_task_as_in_another() -> None:
    late = Counter(
        BEHAVIOUR.diligence(code)
        for task in ("a", "b", "c")
        for code, answered in zip(CODES, answers(task, LAST), strict=True)
        if answered is None or answered >= at(LAST + timedelta(days=1))
    )
    branches = Counter(BEHAVIOUR.diligence(code) for code in CODES)
    shares = [late[diligence] / (3 * branches[diligence]) for diligence in Diligence]
    assert shares == sorted(shares)
    assert (shares[0] < 0.05, shares[-1] > 0.6) == (True, True)


def test_the_sample_finds_and_solves_as_many_problems_as_were_published() -> None:
    found = [BEHAVIOUR.problems_for(code) for code in CODES]
    problems = [problem for branch in found for problem in branch]
    assert len(problems) == 1320
    assert sum(problem.solved_after_days is not None for problem in problems) == 894
    assert 0.15 < sum(not branch for branch in found) / len(found) < 0.30


@pytest.mark.parametrize("seed", range(5))
def test_any_seed_comes_near_to_the_published_problems(seed: int) -> None:
    behaviour = Behaviour("another", seed)
    problems = [problem for code in CODES for problem in behaviour.problems_for(code)]
    assert len(problems) == pytest.approx(1320, rel=0.1)
    assert sum(problem.solved_after_days is not None for problem in problems) == pytest.approx(894, rel=0.1)


def test_problems_of_a_branch_are_distinct_and_come_in_the_order_of_their_days() -> None:
    for code in CODES:
        problems = BEHAVIOUR.problems_for(code)
        days = [problem.found_after_days for problem in problems]
        assert len({problem.title for problem in problems}) == len(problems)
        assert all(problem.owner for problem in problems)
        assert days == sorted(days)
        assert BEHAVIOUR.finding_after_days(code) == max(days, default=BEHAVIOUR.finding_after_days(code)) <= 21
        assert all(problem.found_after_days + (problem.solved_after_days or 0) <= 59 for problem in problems)


def figure_of(code: str, task: str, branch: str, **limits: object) -> int:
    spec = FigureSpec.model_validate({"code": code} | limits)
    return BEHAVIOUR.figures_for(branch, "study", task, [spec], SIZE)[code]


@pytest.mark.parametrize(
    ("code", "total"), [("people_trained", 2109), ("visits", 6327), ("activists", 1182), ("exemplars", 116)]
)
def test_figures_add_up_to_about_the_published_totals(code: str, total: int) -> None:
    assert sum(figure_of(code, "report", branch) for branch in CODES) == pytest.approx(total, rel=0.04, abs=25)


def test_visits_of_four_kinds_add_up_to_about_the_published_total() -> None:
    kinds = ("visits_lecture", "visits_hearing", "visits_files", "visits_members")
    total = sum(figure_of(kind, "visits", branch) for kind in kinds for branch in CODES)
    assert total == pytest.approx(6327, rel=0.04)


def test_what_branches_say_of_their_suggestions_is_what_stands_in_the_ledger() -> None:
    seats = [Seat(code, 1, "130622", None, None, BranchKind.BRANCH, 14, 220) for code in CODES]
    office = Office((BEHAVIOUR.seed, BEHAVIOUR.campaign), Totals({}))
    entries = office.entries_for(Occasion(StageKind.STUDY, [OPENS], seats))
    written = {entry.branch: entry for entry in entries if isinstance(entry, SuggestionEntry)}
    for branch in CODES:
        told = [figure_of(f"suggestions_{what}", what, branch) for what in ("made", "adopted", "effective")]
        assert told == [written[branch].made, written[branch].adopted, written[branch].effective]
    one = written["130622-001"]
    assert (one.made, one.adopted, one.effective) == (12, 5, 5), "as was published of one branch"


def test_parts_are_never_more_than_their_whole_whichever_task_asks_for_them() -> None:
    for branch in CODES:
        made = figure_of("suggestions_made", "suggestions", branch)
        adopted = figure_of("suggestions_adopted", "adopted-suggestions", branch)
        effective = figure_of("suggestions_effective", "effects", branch)
        assert made >= adopted >= effective >= 0
        assert SIZE.members >= figure_of("attendance", "meeting", branch) >= SIZE.members // 2
        cast = figure_of("votes_cast", "summary", branch)
        assert SIZE.employees > cast >= figure_of("votes_satisfied", "summary", branch) > 0


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        pytest.param({}, range(100), id="none"),
        pytest.param({"maximum": 0}, [0], id="nought"),
        pytest.param({"minimum": 40, "maximum": 50}, [40], id="far-above"),
        pytest.param({"minimum": Decimal("2.5"), "maximum": Decimal("4.5")}, [3, 4], id="between-whole-numbers"),
        pytest.param({"minimum": None, "kind": FigureKind.AMOUNT}, range(100), id="amount"),
    ],
)
def test_figures_stay_within_their_limits(limits: dict[str, object], allowed: list[int]) -> None:
    assert {figure_of("meetings", "report", branch, **limits) for branch in CODES} <= set(allowed)


def test_figures_that_the_house_knows_are_not_invented() -> None:
    specs = [FigureSpec(code=code) for code in ("members", "employees", "problems_found", "problems_solved")]
    for code in CODES[:50]:
        problems = BEHAVIOUR.problems_for(code)
        solved = sum(problem.solved_after_days is not None for problem in problems)
        figures = BEHAVIOUR.figures_for(code, "mobilization", "survey", specs, SIZE)
        assert [*figures.values()] == [14, 220, len(problems), solved]
