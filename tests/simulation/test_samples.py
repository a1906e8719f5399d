"""The samples come to what was published, and the report says it, counted from what was entered."""

from collections import Counter
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from actions.enter import enter
from actions.house import House, open_house
from actions.reading.ledgers import EntryFilter, read_whole_ledger
from actions.reading.measures import read_measures
from actions.reading.prospects import read_prospects
from actions.reading.report.bulletin import read_issue
from actions.reading.report.summary import read_report
from actions.reading.returns import ReturnState, read_return
from actions.strike import strike
from config.ledgers.visit import VisitEntry
from config.settings import Settings
from config.vocabulary import BranchKind, EventKind, Grade, Language, LedgerCode, Measure, ReturnStatus, VisitWay
from models.assignment import Assignment, FigureValue
from models.branch import Branch
from models.problem import Problem
from reports.summary import write_summary_document
from rules.founding import can_found, comes_first
from simulation.samples.all import SAMPLES
from simulation.samples.baoding import REPORTED_AT, play_baoding
from simulation.samples.loading import load_sample
from tests.records import events_of, every
from tests.reports.words import words_of

M = Measure


def opened(home: Path) -> House:
    return open_house(Settings(home=home))


def figures(house: House, campaign: str, *measures: Measure, **more: Any) -> list[int]:
    return [figure.value for figure in read_measures(house, campaign, measures, **more)]


def words(house: House, campaign: str, language: Language = Language.ZH) -> list[str]:
    report = read_report(house, campaign, now=REPORTED_AT)
    return words_of(write_summary_document(report, language, written_at=REPORTED_AT))


PUBLISHED_2009 = [
    "县级单位数|25",
    "参加支部数|703",
    "党员数|9,905",
    "联络员数|703",
    "领导联系点数|703",
    "培训人次|2,109",
    "指导人次|6,327",
    "选树典型数|116",
    "新组建支部数|21",
    "新发展党员数|181",
    "新增入党积极分子数|1,182",
    "查找问题数|1,320",
    "解决问题数|894",
    "问题解决率|67.7%",
]


OF_PROBLEMS = {"problems_found": attrgetter("found_at"), "problems_solved": attrgetter("solved_at")}
"""When what a figure counts happened to a problem, or None."""


# One worker plays the city once: it takes a minute.
@pytest.mark.xdist_group("baoding")
class TestBaoding:
    def test_the_report_prints_each_published_figure(self, baoding: House) -> None:
        printed = words(baoding, "baoding-2009")
        assert [line for line in PUBLISHED_2009 if line not in printed] == []
        assert any("示例" in line for line in printed[:4]), "marked as invented"

    def test_the_four_ways_make_up_the_visits_and_each_is_there(self, baoding: House) -> None:
        ways = figures(baoding, "baoding-2009", M.VISITS_LECTURE, M.VISITS_REPORT, M.VISITS_FILES, M.VISITS_MEMBERS)
        assert sum(ways) == 6327
        assert min(ways) > 1000

    def test_organisations_are_in_less_than_one_of_fifteen_enterprises(self, baoding: House) -> None:
        organisations, enterprises = figures(baoding, "baoding-2009", M.ORGANISATIONS, M.ENTERPRISES)
        assert 0.06 < organisations / enterprises < 0.065

    def test_one_branch_took_twelve_suggestions(self, baoding: House) -> None:
        asked = EntryFilter(branch="130622-001")
        (state,) = read_whole_ledger(baoding, "baoding-2009", LedgerCode.SUGGESTIONS, asked)
        assert state.entry.model_dump(include={"made", "adopted", "effective"}) == {
            "made": 12,
            "adopted": 5,
            "effective": 5,
        }

    def test_exemplars_are_of_several_levels_and_categories(self, baoding: House) -> None:
        rows = read_report(baoding, "baoding-2009", now=REPORTED_AT).exemplars.rows
        assert (len({row.level for row in rows}), len({row.category for row in rows})) == (2, 3)
        assert all(row.story_published or row.told_on_tour or row.shown_on_site for row in rows)

    def test_the_summary_says_the_same_and_lies_beside_the_document(self, baoding: House) -> None:
        summary = (baoding.home / "reports" / "baoding-2009-summary.md").read_text(encoding="utf-8")
        assert "2,109" in summary
        assert (baoding.home / "reports" / "baoding-2009-summary.docx").stat().st_size > 50_000

    def test_the_close_wrote_the_document_with_the_same_figures(self, baoding: House) -> None:
        printed = words_of(baoding.home / "reports" / "baoding-2009-summary.docx")
        assert [line for line in PUBLISHED_2009 if line not in printed] == []

    def test_changing_one_visit_changes_the_report(self, baoding: House) -> None:
        visit = VisitEntry(branch="130622-001", day=date(2010, 1, 20), way=VisitWay.FILES, persons=3)
        (number,) = enter(baoding, "baoding-2009", [visit], actor="test", now=REPORTED_AT)
        assert "指导人次|6,330" in words(baoding, "baoding-2009")
        assert f"visits #{number}" in {event.subject for event in events_of(baoding, EventKind.ENTRY_ADDED)}
        strike(baoding, "baoding-2009", LedgerCode.VISITS, number, reason="a test", actor="test", now=REPORTED_AT)
        assert "指导人次|6,327" in words(baoding, "baoding-2009")

    @pytest.mark.parametrize(("figure", "happened_at"), OF_PROBLEMS.items(), ids=OF_PROBLEMS.keys())
    def test_of_its_problems_a_branch_answers_what_the_ledger_says(
        self, baoding: House, figure: str, happened_at: Any
    ) -> None:
        ledger = Counter(problem.branch_id for problem in every(baoding, Problem) if happened_at(problem))
        works = {work.id: work for work in every(baoding, Assignment)}
        answered = [
            (works[given.assignment_id], given.value) for given in every(baoding, FigureValue) if given.code == figure
        ]
        assert {work.branch_id: value for work, value in answered if value} == ledger
        early = [
            (problem.id, work.done_at)
            for problem in every(baoding, Problem)
            for work, _ in answered
            if work.branch_id == problem.branch_id and (at := happened_at(problem)) and at > work.done_at
        ]
        assert early == [], "nobody tells of what is still to come"

    def test_a_second_call_leaves_it_as_it_is(self, baoding: House) -> None:
        assert play_baoding(baoding) == ("baoding-2009", False)


PUBLISHED_DISTRICT = [
    "企业数|423",
    "从业人数|12,031",
    "从业人员中的党员数|675",
    "党组织数|41",
    "党委数|2",
    "支部数|37",
    "联合支部数|2",
    "新组建组织数|301",
    "新组建支部数|20",
    "新组建工会数|240",
    "新组建团组织数|26",
    "新组建妇委会数|15",
    "参加调查人数|612",
    "历时最长的调查天数|31",
]


@pytest.mark.xdist_group("district")
def test_the_district_comes_to_its_published_figures(district: House) -> None:
    printed = words(district, "district-2011")
    assert [line for line in PUBLISHED_DISTRICT if line not in printed] == []
    targets = [*read_whole_ledger(district, "district-2011", LedgerCode.TARGETS)]
    assert len(targets) == 9, "the district and eight streets"


QUARTERS = ("q1", "q2", "q3", "q4")
FOUNDED = ("founded_branches", "founded_unions", "founded_youth_leagues", "founded_womens_committees")


def returns(house: House, campaign: str, unit: str) -> list[ReturnState]:
    return [read_return(house, campaign, quarter, unit) for quarter in QUARTERS]


@pytest.mark.xdist_group("district")
def test_the_quarters_of_the_district_say_what_its_ledgers_say(district: House) -> None:
    quarters = returns(district, "district-2011", "990201")
    assert [quarter.status for quarter in quarters] == [ReturnStatus.PASSED_ON] * 4
    for quarter in quarters:
        assert quarter.figures["members"] == 675
        assert [quarter.figures[code] for code in ("organisations", "committees", "branches", "joint_branches")] == [
            *(41, 2, 37, 2)
        ]
        assert {code: quarter.figures[code] for code in FOUNDED if quarter.figures[code]} == quarter.recorded
        assert len(quarter.parts) == 9, "the district's own and eight streets"
    founded = {code: sum(quarter.figures[code] for quarter in quarters) for code in FOUNDED}
    assert [*founded.values()] == [20, 240, 26, 15]
    assert quarters[-1].figures["reached_founded"] == 301


PUBLISHED_QUANZHOU = [
    "乡镇（街道）数|18",
    "市场主体数|16,313",
    "企业数|357",
    "个体工商户数|15,956",
    "从业人数|62,163",
    "有党员的企业数|179",
    "指派联络员的企业数|179",
    "负责这些企业的联络员数|65",
    "新组建支部数|7",
    "其中：优先组建的支部数|7",
    "新组建协会支部数|2",
    "其中：部门联席会次数|4",
    "培训人次|2,600",
]


@pytest.mark.xdist_group("quanzhou")
class TestQuanzhou:
    def test_the_county_comes_to_its_published_figures(self, quanzhou: House) -> None:
        printed = words(quanzhou, "quanzhou-2010")
        assert [line for line in PUBLISHED_QUANZHOU if line not in printed] == []
        assert figures(quanzhou, "quanzhou-2010", M.TRAINING_SESSIONS)[0] > 100
        townships = {branch.code for branch in every(quanzhou, Branch)}
        assert townships == {"450324-01"}, "enterprises that may found a branch are in the ledger"

    def test_the_quarters_of_the_county_say_what_its_ledgers_say(self, quanzhou: House) -> None:
        quarters = returns(quanzhou, "quanzhou-2010", "450324")
        assert [quarter.status for quarter in quarters] == [ReturnStatus.PASSED_ON] * 4
        for quarter in quarters:
            own = {code: value for code, value in quarter.figures.items() if value and code != "reached_founded"}
            assert own == quarter.recorded
        assert [quarter.figures["businesses"] for quarter in quarters] == [16_313] * 4
        assert sum(quarter.figures["people_trained"] for quarter in quarters) == 2_600
        assert [quarter.figures["founded_branches"] for quarter in quarters] == [1, 6, 0, 0]

    def test_the_list_of_prospects_follows_the_rule(self, quanzhou: House) -> None:
        prospects = read_prospects(quanzhou, "quanzhou-2010", limit=200).rows
        assert all(can_found(each.entry.full_members) for each in prospects)
        firsts = [each.comes_first for each in prospects]
        assert firsts == sorted(firsts, reverse=True)
        assert [len(prospects), sum(firsts)] == figures(quanzhou, "quanzhou-2010", M.PROSPECTS, M.PROSPECTS_FIRST)

    def test_those_founded_first_came_first(self, quanzhou: House) -> None:
        amended = events_of(quanzhou, EventKind.ENTRY_AMENDED)
        assert len(amended) == 7
        entries = [state.entry for state in read_whole_ledger(quanzhou, "quanzhou-2010", LedgerCode.FOUNDATIONS)]
        founded = [entry for entry in entries if getattr(entry, "status", None) == "founded"]
        of_enterprises = [entry for entry in founded if getattr(entry, "kind", None) is BranchKind.BRANCH]
        assert len(of_enterprises) == 7
        assert all(comes_first(getattr(entry, "employees", 0)) for entry in of_enterprises)


@pytest.mark.xdist_group("county")
def test_the_county_grades_every_branch_and_issues_its_first_bulletin(county: House) -> None:
    assert figures(county, "county-2012", M.MEETINGS, M.MEETING_PARTIES) == [1, 6], "one, of six enterprises"
    graded = figures(county, "county-2012", M.GRADED_GOOD, M.GRADED_FAIR, M.GRADED_WEAK)
    assert sum(graded) == figures(county, "county-2012", M.BRANCHES)[0] == 24
    assert {branch.graded for branch in every(county, Branch)} == set(Grade)
    history = [*read_whole_ledger(county, "county-2012", LedgerCode.GRADINGS)]
    assert len(history) > 24, "some were graded again as things changed"
    issue = read_issue(county, "county-2012", "990101", 1)
    assert issue.day == date(2012, 4, 11)
    assert "虚构" in issue.unit


@pytest.mark.xdist_group("county")
def test_a_sample_is_the_same_every_time_and_loaded_once(county: House, tmp_path: Path) -> None:
    other = open_house(Settings(home=tmp_path))
    assert load_sample(other, SAMPLES["county"]())
    entries = [
        [(state.number, state.entry) for state in read_whole_ledger(house, "county-2012", LedgerCode.GRADINGS)]
        for house in (county, other)
    ]
    assert entries[0] == entries[1]
    assert not load_sample(other, SAMPLES["county"]())
    other.engine.dispose()
