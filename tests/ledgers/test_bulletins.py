"""Bulletins: drafted from a period, numbered unit by unit, and entered into their ledger."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.amend import amend
from actions.enter import enter
from actions.house import House
from actions.issue_bulletin import Wanted, draft_bulletin, issue_bulletin
from actions.reading.ledgers import read_entry, read_whole_ledger
from actions.reading.report.bulletin import read_happenings, read_issue
from actions.strike import strike
from config.errors import Forbidden, Refusal, Unknown
from config.ledgers.bulletin import BulletinEntry
from config.vocabulary import EventKind, Language, LedgerCode
from models.database import snapshot
from models.queries import find_unit
from models.scope import Scope
from reports.bulletin import Bulletin
from reports.issue_workbook import write_issue_workbook
from tests.factories import a_house_at_work, at
from tests.ledgers.entries import an_entry
from tests.records import CAMPAIGN, events_of
from tests.reports.sources import check_sources

NOW = at("2009-09-20 10:00")
WEEK = Wanted("U1", date(2009, 9, 14), date(2009, 9, 18), "第1区指导组")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The trial at work, with a visit of three people in U1 in the week before, and of five in this one."""
    house = a_house_at_work(engine, tmp_path / "home")
    visits = [("2009-09-11", 3), ("2009-09-14", 5)]
    entries = [an_entry(LedgerCode.VISITS, day, persons=persons) for day, persons in visits]
    enter(house, CAMPAIGN, [*entries, an_entry(LedgerCode.VISITS, "2009-09-15", "U2-1")], actor="test", now=NOW)
    return house


def draft(house: House, wanted: Wanted = WEEK) -> Bulletin:
    return draft_bulletin(house, CAMPAIGN, wanted, Language.ZH, now=NOW)


def issue(house: House, wanted: Wanted = WEEK) -> int:
    return issue_bulletin(house, CAMPAIGN, wanted, Language.ZH, actor="test", now=NOW)


def came_out(house: House) -> int:
    return len([*read_whole_ledger(house, CAMPAIGN, LedgerCode.BULLETINS)])


def test_a_draft_compares_with_the_period_before_and_leaves_nothing_behind(house: House) -> None:
    drafted = draft(house)
    assert (drafted.issue, drafted.is_draft, drafted.day) == (1, True, date(2009, 9, 20))
    assert drafted.body == "2009年9月14日至2009年9月18日，指导走访5人次，比上期增加2。"
    assert drafted.headline == "第1区工作情况（2009年9月14日至2009年9月18日）"
    assert came_out(house) == 0


def test_an_issue_is_entered_and_read_again(house: House) -> None:
    assert issue(house) == 1
    read = read_issue(house, CAMPAIGN, "第1区", 1)
    assert (read.body, read.issuer, read.is_draft) == (draft(house).body, "第1区指导组", False)
    (event,) = (event for event in events_of(house, EventKind.ENTRY_ADDED) if event.subject == "bulletins #1")
    assert event.actor == "test"


def test_numbers_count_on_unit_by_unit_and_none_is_used_twice(house: House) -> None:
    others = Wanted("U2", WEEK.since, WEEK.until, "第2区指导组")
    assert [issue(house), issue(house), issue(house, others)] == [1, 2, 1]
    strike(house, CAMPAIGN, LedgerCode.BULLETINS, 2, reason="withdrawn", actor="test", now=NOW)
    assert issue(house) == 3
    with pytest.raises(Unknown, match="unit U1: has no issue 2"):
        read_issue(house, CAMPAIGN, "U1", 2)


def test_two_that_come_out_at_once_get_two_numbers(house: House) -> None:
    with ThreadPoolExecutor(4) as together:
        numbers = [*together.map(lambda _: issue(house), range(8))]
    assert sorted(numbers) == [*range(1, 9)]


def test_an_issue_that_was_corrected_is_read_as_it_stands(house: House) -> None:
    issue(house)
    state = read_entry(house, CAMPAIGN, LedgerCode.BULLETINS, 1)
    assert isinstance(state.entry, BulletinEntry)
    corrected = state.entry.model_copy(update={"body": "改过的正文"})
    amend(house, CAMPAIGN, 1, corrected, reason="typing error", actor="test", now=NOW)
    assert read_issue(house, CAMPAIGN, "U1", 1).body == "改过的正文"


REFUSED = {
    "a unit that is not there": (Wanted("U9", WEEK.since, WEEK.until, "组"), Unknown),
    "a period that ends first": (Wanted("U1", WEEK.until, WEEK.since, "组"), Refusal),
}


@pytest.mark.parametrize(("wanted", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_told_is_refused(house: House, wanted: Wanted, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        issue(house, wanted)
    assert came_out(house) == 0


def test_nobody_lets_an_issue_come_out_of_a_unit_of_others(house: House) -> None:
    with snapshot(house.engine) as session:
        scopes = [Scope(path=find_unit(session, "U2").path), Scope(branch=1)]
    for scope, refusal in zip(scopes, (Unknown, Forbidden), strict=True):
        with pytest.raises(refusal):
            issue_bulletin(house, CAMPAIGN, WEEK, Language.ZH, actor="test", now=NOW, scope=scope)


def test_every_figure_of_a_draft_and_of_an_issue_is_what_its_sql_gives(house: House) -> None:
    enter(house, CAMPAIGN, [an_entry(LedgerCode.GRADINGS, grade="good")], actor="test", now=NOW)
    issue(house)
    for bulletin in (draft(house), read_issue(house, CAMPAIGN, "U1", 1)):
        happenings = read_happenings(house, CAMPAIGN, "U1", bulletin.since, bulletin.until)
        content = write_issue_workbook(bulletin, happenings, Language.EN, written_at=NOW)
        assert {"Person times of guidance: This period", "Share graded as good: This period"} <= {
            *check_sources(house.engine, content)
        }
