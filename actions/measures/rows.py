"""What each measure counts: the rows that it adds up, each with the unit that it counts for."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, null, select, true, union
from sqlalchemy import cast as sql_cast
from sqlmodel import col

from actions.ledgers.foundations import COMES_FIRST, IS_PROSPECT
from actions.measures.answers import answers_giving
from actions.measures.counted import Counted, Taken
from actions.measures.extent import Extent
from actions.measures.taking_part import branches_taking_part, counted_with_another, has_not_left
from config.vocabulary import BranchKind, FoundationStatus, Grade, Measure, MeetingKind, UnitLevel, VisitWay
from models.dialects import days_between
from models.ledgers.bulletin import Bulletin
from models.ledgers.contact import Contact
from models.ledgers.coverage import Coverage
from models.ledgers.entry import LedgerRow
from models.ledgers.exemplar import Exemplar
from models.ledgers.foundation import Foundation
from models.ledgers.grading import Grading
from models.ledgers.meeting import Meeting
from models.ledgers.suggestion import Suggestion
from models.ledgers.survey import Survey
from models.ledgers.training import Training
from models.ledgers.visit import Visit
from models.problem import Problem
from models.unit import Unit

ONE: ColumnElement[int] = literal_column("1", Integer)
"""What an entry counts for where entries are counted."""

NO_BRANCH: ColumnElement[int] = sql_cast(null(), Integer)
"""The branch of what speaks of a unit."""


def _entries(table: type[LedgerRow], amount: Any = ONE, condition: ColumnElement[bool] | None = None) -> Counted:
    """Count what a ledger says of the days asked for."""

    def rows(extent: Extent) -> Select[Any]:
        return _rows(table, amount).where(
            extent.counts(table), extent.days(table.day), true() if condition is None else condition
        )

    return Counted(rows)


def _standing(amount: Any = ONE, condition: ColumnElement[bool] | None = None) -> Counted:
    """Count the enterprises that stand in the ledger of foundations at the end, whenever they were entered."""

    def rows(extent: Extent) -> Select[Any]:
        return _rows(Foundation, amount).where(
            extent.counts(Foundation), extent.by_the_end(Foundation.day), true() if condition is None else condition
        )

    return Counted(rows)


def _latest(
    table: type[LedgerRow], of: Any, amount: Any = ONE, condition: ColumnElement[bool] | None = None
) -> Counted:
    """Count what holds at the end: of each branch that has not left the latest entry by then."""

    def rows(extent: Extent) -> Select[Any]:
        chosen = latest_by(extent, table, of)
        is_there = has_not_left(extent.campaign_id, table.branch_id, extent.until)
        held = _rows(table, amount).where(col(table.id).in_(chosen), is_there)
        return held if condition is None else held.where(condition)

    return Counted(rows)


def _enrolled(amount: str | None = None, *, differ: bool = False) -> Counted:
    """Count the branches that take part, or what the registry says of them: now, or when the campaign ended.

    Of branches that were merged since, that is said of the one that goes on, and counts with it also before.
    """

    def rows(extent: Extent) -> Select[Any]:
        there = branches_taking_part(extent.campaign_id, is_over=extent.is_over, until=extent.until).subquery()
        counted = there.c[amount] if amount else ONE
        query = select(there.c.unit_id, there.c.branch_id, counted.label("amount"))
        if differ:
            return query.where(counted.is_not(None))
        if amount is None or extent.until is None:
            return query
        return query.where(there.c.branch_id.not_in(counted_with_another(extent.campaign_id, extent.until)))

    return Counted(rows, Taken.DIFFERENT if differ else Taken.SUM)


def _problems(at: Any) -> Counted:
    """Count the problems to which something happened in the days asked for."""

    def rows(extent: Extent) -> Select[Any]:
        return _rows(Problem, ONE).where(col(Problem.campaign_id) == extent.campaign_id, extent.instants(at))

    return Counted(rows)


def _answered(code: str) -> Counted:
    """Add up a figure that tasks ask for, by the units that the answers count for."""
    return Counted(partial(answers_giving, code=code))


def _rows(table: type[LedgerRow | Problem], amount: Any) -> Select[Any]:
    """Select what rows say, for the unit and the branch that they count for."""
    return select(col(table.unit_id).label("unit_id"), col(table.branch_id).label("branch_id"), amount.label("amount"))


def _founded(kind: BranchKind | None = None, condition: ColumnElement[bool] | None = None) -> Counted:
    is_kind = true() if kind is None else col(Foundation.kind) == kind
    is_founded = (col(Foundation.status) == FoundationStatus.FOUNDED) & is_kind
    return _entries(Foundation, condition=is_founded if condition is None else is_founded & condition)


def _looked_after(amount: Any) -> Counted:
    """Count the enterprises that an officer looks after, whatever has become of them but given up."""
    is_kept = col(Foundation.status) != FoundationStatus.GIVEN_UP
    return _standing(amount, is_kept & col(Foundation.officer_id).is_not(None))


def _covered(amount: Any) -> Counted:
    """Add up what was counted last in each unit, nothing twice: `rules.coverage.counting`, as a condition."""

    def rows(extent: Extent) -> Select[Any]:
        held = col(Coverage.id).in_(latest_by(extent, Coverage, Coverage.unit_id))
        counts = col(Coverage.alone).is_(True) | col(Coverage.unit_id).not_in(_above_what_was_counted(held))
        return _rows(Coverage, amount).where(held, counts)

    return Counted(rows)


def _above_what_was_counted(held: ColumnElement[bool]) -> Select[Any]:
    """Select the units that have others below them in which something was counted."""
    parent = col(Unit.parent_id)
    right_above: Select[Any] = select(parent.label("id")).join(Coverage, col(Coverage.unit_id) == col(Unit.id))
    return _with_all_above(right_above.where(held, parent.is_not(None)))


def _with_all_above(units: Select[Any]) -> Select[Any]:
    """Select units, given as `id`, and all those that they lie below."""
    found, parent = units.cte("above", recursive=True), col(Unit.parent_id)
    higher = select(parent).join(found, found.c.id == col(Unit.id)).where(parent.is_not(None))
    return select(found.union(higher).c.id)


def _units(level: UnitLevel) -> Counted:
    """Count the units of a level in which branches take part or enterprises were counted, there or further down."""

    def rows(extent: Extent) -> Select[Any]:
        counted = select(col(Coverage.unit_id)).where(extent.counts(Coverage), extent.by_the_end(Coverage.day))
        branches = _enrolled().rows(extent).subquery()
        here = union(select(branches.c.unit_id.label("id")), counted).subquery()
        found: Select[Any] = select(col(Unit.id).label("unit_id"), NO_BRANCH.label("branch_id"), ONE.label("amount"))
        return found.where(col(Unit.level) == level, col(Unit.id).in_(_with_all_above(select(here.c.id))))

    return Counted(rows)


def _visits(way: VisitWay) -> Counted:
    return _entries(Visit, col(Visit.persons), col(Visit.way) == way)


def _meetings(kind: MeetingKind, amount: Any = ONE) -> Counted:
    return _entries(Meeting, amount, col(Meeting.kind) == kind)


def _graded(grade: Grade) -> Counted:
    return _latest(Grading, Grading.branch_id, condition=col(Grading.grade) == grade)


def latest_by(extent: Extent, table: type[LedgerRow], of: Any) -> Select[Any]:
    """Select the keys of the entries that hold at the end: of each that `of` tells apart, the latest by then."""
    age = func.row_number().over(partition_by=of, order_by=(col(table.day).desc(), col(table.id).desc()))
    aged = select(col(table.id).label("id"), age.label("age"))
    held = aged.where(extent.counts(table), extent.by_the_end(table.day)).subquery()
    return select(held.c.id).where(held.c.age == 1)


COUNTED: Mapping[Measure, Counted] = {
    Measure.COUNTIES: _units(UnitLevel.COUNTY),
    Measure.TOWNSHIPS: _units(UnitLevel.TOWNSHIP),
    Measure.BRANCHES: _enrolled(),
    Measure.MEMBERS: _enrolled("members"),
    Measure.EMPLOYEES: _enrolled("employees"),
    Measure.OFFICERS: _enrolled("officer_id", differ=True),
    Measure.CONTACTS: _latest(Contact, Contact.branch_id),
    Measure.TRAINING_SESSIONS: _entries(Training),
    Measure.PEOPLE_TRAINED: _entries(Training, col(Training.persons)),
    Measure.VISITS: _entries(Visit, col(Visit.persons)),
    Measure.VISITS_LECTURE: _visits(VisitWay.LECTURE),
    Measure.VISITS_REPORT: _visits(VisitWay.REPORT),
    Measure.VISITS_FILES: _visits(VisitWay.FILES),
    Measure.VISITS_MEMBERS: _visits(VisitWay.MEMBERS),
    Measure.EXEMPLARS: _entries(Exemplar),
    Measure.STORIES_PUBLISHED: _entries(Exemplar, condition=col(Exemplar.story_published).is_(True)),
    Measure.TOLD_ON_TOUR: _entries(Exemplar, condition=col(Exemplar.told_on_tour).is_(True)),
    Measure.SHOWN_ON_SITE: _entries(Exemplar, condition=col(Exemplar.shown_on_site).is_(True)),
    Measure.PROBLEMS_FOUND: _problems(Problem.found_at),
    Measure.PROBLEMS_SOLVED: _problems(Problem.solved_at),
    Measure.PROBLEMS_VERIFIED: _problems(Problem.verified_at),
    Measure.SUGGESTIONS_MADE: _entries(Suggestion, col(Suggestion.made)),
    Measure.SUGGESTIONS_ADOPTED: _entries(Suggestion, col(Suggestion.adopted)),
    Measure.SUGGESTIONS_EFFECTIVE: _entries(Suggestion, col(Suggestion.effective)),
    Measure.MEETINGS: _entries(Meeting),
    Measure.MEETINGS_DEPARTMENTS: _meetings(MeetingKind.DEPARTMENTS),
    Measure.MEETINGS_ENTERPRISES: _meetings(MeetingKind.ENTERPRISES),
    Measure.MEETINGS_GROUP: _meetings(MeetingKind.GROUP),
    Measure.MEETING_PARTIES: _entries(Meeting, col(Meeting.parties)),
    Measure.ENTERPRISES_AT_MEETINGS: _meetings(MeetingKind.ENTERPRISES, col(Meeting.parties)),
    Measure.SURVEYS: _entries(Survey),
    Measure.SURVEYORS: _entries(Survey, col(Survey.persons)),
    Measure.ORGANISATIONS_SURVEYED: _entries(Survey, col(Survey.organisations)),
    Measure.SURVEY_DAYS: replace(
        _entries(Survey, days_between(col(Survey.since), col(Survey.day)) + 1), taken=Taken.LARGEST
    ),
    Measure.BULLETINS: _entries(Bulletin),
    Measure.BUSINESSES: _covered(col(Coverage.enterprises) + col(Coverage.sole_traders)),
    Measure.ENTERPRISES: _covered(Coverage.enterprises),
    Measure.SOLE_TRADERS: _covered(Coverage.sole_traders),
    Measure.ENTERPRISES_WITH_MEMBERS: _covered(Coverage.enterprises_with_members),
    Measure.EMPLOYEES_COUNTED: _covered(Coverage.employees),
    Measure.MEMBERS_COUNTED: _covered(Coverage.members),
    Measure.ORGANISATIONS: _covered(col(Coverage.committees) + col(Coverage.branches) + col(Coverage.joint_branches)),
    Measure.COMMITTEES: _covered(Coverage.committees),
    Measure.SINGLE_BRANCHES: _covered(Coverage.branches),
    Measure.JOINT_BRANCHES: _covered(Coverage.joint_branches),
    Measure.LOCAL_ORGANISATIONS: _covered(Coverage.local_organisations),
    Measure.GRASSROOTS_ORGANISATIONS: _covered(Coverage.grassroots_organisations),
    Measure.INDUSTRY_ORGANISATIONS: _covered(Coverage.industry_organisations),
    Measure.ORGANISATION_MEMBERS: _covered(Coverage.organisation_members),
    Measure.FOUNDED: _founded(),
    Measure.FOUNDED_BRANCHES: _founded(BranchKind.BRANCH),
    Measure.FOUNDED_FIRST: _founded(BranchKind.BRANCH, COMES_FIRST),
    Measure.FOUNDED_ASSOCIATION_BRANCHES: _founded(BranchKind.ASSOCIATION_BRANCH),
    Measure.FOUNDED_UNIONS: _founded(BranchKind.UNION),
    Measure.FOUNDED_YOUTH_LEAGUES: _founded(BranchKind.YOUTH_LEAGUE),
    Measure.FOUNDED_WOMENS_COMMITTEES: _founded(BranchKind.WOMENS_COMMITTEE),
    Measure.BEING_FOUNDED: _standing(condition=col(Foundation.status) == FoundationStatus.PREPARING),
    Measure.PROSPECTS: _standing(condition=IS_PROSPECT),
    Measure.PROSPECTS_FIRST: _standing(condition=IS_PROSPECT & COMES_FIRST),
    Measure.ENTERPRISES_LOOKED_AFTER: _looked_after(ONE),
    Measure.ENTERPRISE_OFFICERS: replace(_looked_after(col(Foundation.officer_id)), taken=Taken.DIFFERENT),
    Measure.GRADED: _latest(Grading, Grading.branch_id),
    Measure.GRADED_GOOD: _graded(Grade.GOOD),
    Measure.GRADED_FAIR: _graded(Grade.FAIR),
    Measure.GRADED_WEAK: _graded(Grade.WEAK),
    Measure.NEW_MEMBERS: _answered("new_members"),
    Measure.ACTIVISTS: _answered("activists"),
}
"""Every measure, and what it counts."""
