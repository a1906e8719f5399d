"""A county in the spring of 2012: a meeting of six enterprises, a survey that grades every organisation, a bulletin."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from actions.house import House
from actions.issue_bulletin import Wanted, issue_bulletin
from config.ledgers.entry import Entry
from config.ledgers.grading import GradingEntry
from config.ledgers.meeting import MeetingEntry
from config.ledgers.survey import SurveyEntry
from config.registry import Column
from config.samples.draws import draw
from config.vocabulary import BranchKind, Grade, Language, MeetingKind, UnitLevel
from simulation.samples.sample import MARK, Cells, Sample, some_day, towns_below, unit_cells, weekdays

CODE, COUNTY = "county-2012", "990101"
TOWNS, ORGANISATIONS, SURVEYORS = 6, 24, 18
FIRST, LAST = date(2012, 3, 12), date(2012, 4, 10)
SURVEYED_FROM, SURVEYED = date(2012, 3, 13), date(2012, 3, 30)
ISSUED_AT = datetime(2012, 4, 11, 1, tzinfo=UTC)


def county() -> Sample:
    """Return the sample; the bulletin of 11 April is drafted from the survey, and entered as issue 1."""
    return Sample(CODE, FIRST, LAST, [*_registry()], [*_entries()], finish=_issue)


def _registry() -> Iterator[Cells]:
    county = unit_cells(COUNTY, f"某县{MARK}", UnitLevel.COUNTY)
    towns = [*towns_below(county, TOWNS, "乡镇")]
    yield county
    yield from towns
    for number in range(1, ORGANISATIONS + 1):
        members = 3 + int(20 * draw(CODE, number, "members"))
        yield towns[number % TOWNS] | {
            Column.BRANCH_CODE: _branch(number),
            Column.BRANCH_NAME: f"企业{number:02}支部{MARK}",
            Column.MEMBERS: str(members),
            Column.EMPLOYEES: str(members * (4 + int(12 * draw(CODE, number, "employees")))),
            Column.KIND: BranchKind.BRANCH,
            Column.OFFICER_CODE: f"L{number:02}",
            Column.OFFICER_NAME: f"联络员{number:02}{MARK}",
            Column.CHANNEL: f"folder://L{number:02}",
        }


def _branch(number: int) -> str:
    return f"{COUNTY}-{number:02}"


def _entries() -> Iterator[Entry]:
    yield MeetingEntry(
        unit=COUNTY, day=FIRST, kind=MeetingKind.ENTERPRISES, topic="企业支部工作座谈", parties=6, persons=14
    )
    yield SurveyEntry(
        unit=COUNTY,
        day=SURVEYED,
        since=SURVEYED_FROM,
        subject="逐户调查企业支部",
        persons=SURVEYORS,
        organisations=ORGANISATIONS,
    )
    surveying, after = weekdays(SURVEYED_FROM, SURVEYED), weekdays(date(2012, 4, 5), LAST)
    for number in range(1, ORGANISATIONS + 1):
        luck = draw(CODE, number, "grade")
        grade = Grade.GOOD if luck < 0.4 else Grade.FAIR if luck < 0.8 else Grade.WEAK  # noqa: PLR2004
        day = some_day(surveying, CODE, number)
        yield GradingEntry(branch=_branch(number), day=day, grade=grade, grounds="逐户调查")
        if grade is Grade.WEAK and draw(CODE, number, "better") < 0.5:  # noqa: PLR2004
            better = some_day(after, CODE, number, "better")
            yield GradingEntry(branch=_branch(number), day=better, grade=Grade.FAIR, grounds="整改后复查")


def _issue(house: House) -> None:
    wanted = Wanted(COUNTY, FIRST, LAST, f"某县指导组{MARK}")
    issue_bulletin(house, CODE, wanted, Language.ZH, actor="guidance-group", now=ISSUED_AT)
