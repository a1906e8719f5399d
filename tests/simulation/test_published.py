"""Every figure that the five reports published is one measure of what was recorded on the way."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, insert

from actions.complete import complete
from actions.enter import enter
from actions.house import House
from actions.reading.measures import read_measures
from config.vocabulary import BranchKind, FoundationStatus, LedgerCode, Measure
from models.database import transaction
from models.dialects import table_of
from models.ledgers.foundation import Foundation
from models.queries import find_campaign, find_unit
from tests.factories import CAMPAIGN as TRIAL
from tests.factories import a_house_at_work, answer, at
from tests.ledgers.entries import an_entry
from tests.records import CAMPAIGN

M = Measure
WITH_GROWTH = TRIAL.replace("figures: [members]", "figures: [members, activists, new_members]")


def exactly(number: int) -> range:
    """The number alone."""
    return range(number, number + 1)


def more_than(number: int) -> range:
    """Any that is larger, by less than ten times."""
    return range(number + 1, 10 * number)


class Fact(NamedTuple):
    """What was published, the measure that says it, and the number; `of` says of which unit or days, if not of all."""

    said: str
    measure: Measure
    number: range
    of: Mapping[str, Any] = MappingProxyType({})


def quarter(number: int) -> dict[str, date]:
    """The days of a quarter of 2010."""
    return {"since": date(2010, 3 * number - 2, 1), "until": date(2010, 3 * number, 30)}


CITY = (
    Fact("25 county-level units", M.COUNTIES, exactly(25)),
    Fact("703 branches", M.BRANCHES, exactly(703)),
    Fact("13 of them in 清苑县", M.BRANCHES, exactly(13), {"unit": "130622"}),
    Fact("9,905 members", M.MEMBERS, exactly(9_905)),
    Fact("a liaison officer for each branch", M.OFFICERS, exactly(703)),
    Fact("a leader's contact point for each branch", M.CONTACTS, exactly(703)),
    Fact("key staff trained, person-times", M.PEOPLE_TRAINED, exactly(2_109)),
    Fact("guidance visits, person-times", M.VISITS, exactly(6_327)),
    Fact("in four ways: tutorial lecture", M.VISITS_LECTURE, more_than(1_000)),
    Fact("hearing a report", M.VISITS_REPORT, more_than(1_000)),
    Fact("checking the files", M.VISITS_FILES, more_than(1_000)),
    Fact("visiting members", M.VISITS_MEMBERS, more_than(1_000)),
    Fact("exemplars picked", M.EXEMPLARS, exactly(116)),
    Fact("made known by a published story", M.STORIES_PUBLISHED, more_than(20)),
    Fact("by a touring talk", M.TOLD_ON_TOUR, more_than(20)),
    Fact("by on-site observation", M.SHOWN_ON_SITE, more_than(20)),
    Fact("newly founded branches", M.FOUNDED_BRANCHES, exactly(21)),
    Fact("new members", M.NEW_MEMBERS, exactly(181)),
    Fact("new activists", M.ACTIVISTS, exactly(1_182)),
    Fact("problems found", M.PROBLEMS_FOUND, exactly(1_320)),
    Fact("problems solved at the end", M.PROBLEMS_SOLVED, exactly(894)),
)
NETWORK = (
    Fact("local organisations", M.LOCAL_ORGANISATIONS, exactly(3_128)),
    Fact("grass-roots organisations", M.GRASSROOTS_ORGANISATIONS, exactly(24_722)),
    Fact("industry organisations", M.INDUSTRY_ORGANISATIONS, exactly(12_326)),
    Fact("2.57 million members", M.ORGANISATION_MEMBERS, exactly(2_570_000)),
    Fact("branches newly founded", M.FOUNDED_BRANCHES, exactly(138_000)),
    Fact("being prepared", M.BEING_FOUNDED, exactly(222_000)),
    Fact("new members", M.NEW_MEMBERS, exactly(650_000)),
)
BULLETIN = (
    Fact("a meeting", M.MEETINGS_ENTERPRISES, exactly(1)),
    Fact("of 6 enterprises", M.ENTERPRISES_AT_MEETINGS, exactly(6)),
    Fact("then a survey", M.SURVEYS, exactly(1), {"since": date(2012, 3, 13)}),
    Fact("of every organisation", M.ORGANISATIONS_SURVEYED, exactly(24)),
    Fact("which are so many", M.BRANCHES, exactly(24)),
    Fact("each graded", M.GRADED, exactly(24)),
    Fact("issue 1 on 11 April 2012", M.BULLETINS, exactly(1), {"since": date(2012, 4, 11), "until": date(2012, 4, 11)}),
)
DISTRICT = (
    Fact("423 enterprises", M.ENTERPRISES, exactly(423)),
    Fact("12,031 employees", M.EMPLOYEES_COUNTED, exactly(12_031)),
    Fact("675 of them members", M.MEMBERS_COUNTED, exactly(675)),
    Fact("41 organisations", M.ORGANISATIONS, exactly(41)),
    Fact("2 committees", M.COMMITTEES, exactly(2)),
    Fact("37 branches", M.SINGLE_BRANCHES, exactly(37)),
    Fact("2 joint branches", M.JOINT_BRANCHES, exactly(2)),
    Fact("301 groups founded", M.FOUNDED, exactly(301)),
    Fact("20 branches", M.FOUNDED_BRANCHES, exactly(20)),
    Fact("240 unions", M.FOUNDED_UNIONS, exactly(240)),
    Fact("26 youth leagues", M.FOUNDED_YOUTH_LEAGUES, exactly(26)),
    Fact("15 women's committees", M.FOUNDED_WOMENS_COMMITTEES, exactly(15)),
    Fact("a survey", M.SURVEYS, exactly(1)),
    Fact("by more than 600 people", M.SURVEYORS, more_than(600)),
    Fact("took one month", M.SURVEY_DAYS, exactly(31)),
)
COUNTY = (
    Fact("16,313 organisations", M.BUSINESSES, exactly(16_313)),
    Fact("357 private enterprises", M.ENTERPRISES, exactly(357)),
    Fact("15,956 sole traders", M.SOLE_TRADERS, exactly(15_956)),
    Fact("62,163 employees", M.EMPLOYEES_COUNTED, exactly(62_163)),
    Fact("18 townships", M.TOWNSHIPS, exactly(18)),
    Fact("179 enterprises that have members", M.ENTERPRISES_WITH_MEMBERS, exactly(179)),
    Fact("each with a liaison officer", M.ENTERPRISES_LOOKED_AFTER, exactly(179)),
    Fact("65 of these", M.ENTERPRISE_OFFICERS, exactly(65)),
    Fact("7 were founded first", M.FOUNDED_FIRST, exactly(7)),
    Fact("branches in industry associations", M.FOUNDED_ASSOCIATION_BRANCHES, exactly(2)),
    Fact("meetings between departments", M.MEETINGS_DEPARTMENTS, exactly(4)),
    *(Fact(f"one in quarter {number}", M.MEETINGS_DEPARTMENTS, exactly(1), quarter(number)) for number in range(1, 5)),
    Fact("more than 100 training sessions", M.TRAINING_SESSIONS, more_than(100)),
    Fact("2,600 person-times", M.PEOPLE_TRAINED, exactly(2_600)),
)


SAMPLES = {
    "baoding": ("baoding-2009", CITY),
    "county": ("county-2012", BULLETIN),
    "district": ("district-2011", DISTRICT),
    "quanzhou": ("quanzhou-2010", COUNTY),
}
RECORDED = [
    pytest.param(sample, campaign, fact, id=f"{sample}: {fact.said}", marks=pytest.mark.xdist_group(sample))
    for sample, (campaign, facts) in SAMPLES.items()
    for fact in facts
]


@pytest.mark.parametrize(("sample", "campaign", "fact"), RECORDED)
def test_what_was_published_is_one_measure_of_the_sample(
    request: pytest.FixtureRequest, sample: str, campaign: str, fact: Fact
) -> None:
    house: House = request.getfixturevalue(sample)
    (figure,) = read_measures(house, campaign, [fact.measure], **fact.of)
    assert figure.value in fact.number
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql(figure.source.replace("%", "%%")).scalar_one() == figure.value


def test_the_national_network_is_counted_at_its_size(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", text=WITH_GROWTH)
    by_level = [
        {"local_organisations": 1_500, "grassroots_organisations": 12_000, "industry_organisations": 6_000},
        {"local_organisations": 1_628, "grassroots_organisations": 12_722, "industry_organisations": 6_326},
    ]
    counted = [
        an_entry(LedgerCode.COVERAGE, place=f"U{number}", **levels, organisation_members=1_285_000)
        for number, levels in enumerate(by_level, 1)
    ]
    enter(house, CAMPAIGN, counted, actor="test", now=at("2009-09-20 10:00"))
    figures = {"members": 12, "activists": 0, "new_members": 325_000}
    complete(house, CAMPAIGN, [answer(f"U{number}-1", "survey", **figures) for number in (1, 2)])
    list_foundations(house, founded=138_000, preparing=222_000)
    found = read_measures(house, CAMPAIGN, [fact.measure for fact in NETWORK])
    assert [fact.said for fact, figure in zip(NETWORK, found, strict=True) if figure.value not in fact.number] == []


def list_foundations(house: House, *, founded: int, preparing: int) -> None:
    """Fill the ledger of foundations by hand: so many entries one by one would take minutes."""
    statuses = [FoundationStatus.FOUNDED] * founded + [FoundationStatus.PREPARING] * preparing
    with transaction(house.engine) as session:
        about = {
            "campaign_id": find_campaign(session, CAMPAIGN).id,
            "unit_id": find_unit(session, "U1").id,
            "day": date(2009, 9, 10),
            "recorded_at": at("2009-09-20 10:00"),
            "recorded_by": "test",
            "kind": BranchKind.BRANCH,
            "employees": 20,
            "full_members": 3,
        }
        rows = [
            {**about, "number": number, "enterprise": str(number), "status": status}
            for number, status in enumerate(statuses, 1)
        ]
        session.connection().execute(insert(table_of(Foundation)), rows)
