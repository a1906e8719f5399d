"""What a digest says is read from the tables: lines, names, days, and the work beside them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from actions.complete import Answer, complete
from actions.house import House
from config.vocabulary import Language, Section
from models.database import snapshot, transaction
from models.dialects import table_of
from models.officer import Officer
from notifications.contents.composing import digests_of
from notifications.contents.digest import BranchCount, CampaignPart, Digest, Rest, UnitCount, Watch
from notifications.contents.entry import Entry
from tests.notifications.factories import MORNING, About, a_notice, a_problem

MONDAY, THURSDAY = date(2009, 9, 14), date(2009, 9, 24)
SURVEY = Entry("企业U1-1支部", "摸底", MONDAY, 2)
TRAINING = Entry("企业U1-1支部", "培训", THURSDAY, -8)


def _digests(house: House, *notices: int) -> list[Digest]:
    with snapshot(house.engine) as session:
        found = digests_of(session, notices, MORNING)
    digests = [found[notice] for notice in notices]
    return [digest for digest in digests if isinstance(digest, Digest)]


def _digest(house: House, notice: int) -> Digest:
    (digest,) = _digests(house, notice)
    return digest


def _part(house: House, notice: int) -> CampaignPart:
    (part,) = _digest(house, notice).campaigns
    return part


def test_own_work_with_its_days_and_the_rest(house: House) -> None:
    digest = _digest(house, a_notice(house, "OU1-1", [About("U1-1")]))
    assert digest == Digest(
        reader="联络员OU1-1",
        language=Language.ZH,
        today=date(2009, 9, 16),
        campaigns=(CampaignPart(title="试点", own=(SURVEY,), own_rest=Rest(open=1, late=0)),),
    )


def test_the_oldest_comes_first(house: House) -> None:
    notice = a_notice(house, "OU1-1", [About("U1-1", "training"), About("U1-1")])
    assert _part(house, notice) == CampaignPart(title="试点", own=(SURVEY, TRAINING), own_rest=Rest())


def test_in_the_readers_language(house: House) -> None:
    with transaction(house.engine) as session:
        session.execute(update(table_of(Officer)).values(language=Language.EN))
    part = _part(house, a_notice(house, "OU1-1", [About("U1-1")]))
    assert part == CampaignPart("Trial", own=(replace(SURVEY, title="Survey"),), own_rest=Rest(1, 0))


def test_what_is_finished_while_it_is_read_leaves_no_rest_below_nothing(house: House) -> None:
    """On PostgreSQL a line is looked at in one statement and the work is counted in a later one."""
    notice = a_notice(house, "OU1-1", [About("U1-1"), About("U1-1", "training")])
    complete(house, "trial", [Answer("U1-1", "training", MORNING, "test")])
    assert _part(house, notice).own_rest == Rest()


def test_a_problem_goes_by_its_number(house: House) -> None:
    number = a_problem(house, "U1-1", "场地不足", date(2009, 9, 16))
    part = _part(house, a_notice(house, "OU1-1", [About("U1-1", problem=number)]))
    assert part.own == (Entry("企业U1-1支部", "场地不足", date(2009, 9, 16), 0, number=1),)
    assert part.own_rest == Rest(open=2, late=1)


@pytest.mark.parametrize("section", [Section.GROUP, Section.COORDINATOR])
def test_a_watch_counts_by_branch_and_unit(house: House, section: Section) -> None:
    complete(house, "trial", [Answer("U1-3", "training", MORNING, "test")])
    problem = a_problem(house, "U1-1", "场地不足", date(2009, 9, 16))
    lines = [About("U1-2", section=section), About("U1-1", section=section), About("U1-1", "training", section)]
    reader = "G1" if section is Section.GROUP else "C"
    part = _part(house, a_notice(house, reader, [*lines, About("U1-1", section=section, problem=problem)]))
    branches = (BranchCount("企业U1-1支部", 3, 1, 2), BranchCount("企业U1-2支部", 1, 1, 2))
    watch = Watch((UnitCount("第1区", branches),), rest=Rest(open=2, late=1))
    assert part == CampaignPart("试点", **{section.value: watch})  # type: ignore[arg-type]


def test_a_groups_rest_is_its_own_units(house: House) -> None:
    with transaction(house.engine) as session:
        session.execute(update(table_of(Officer)).where(table_of(Officer).c.code == "G2").values(language=Language.EN))
    lines = [About("U1-1", section=Section.GROUP)]
    here, elsewhere = _part(house, a_notice(house, "G1", lines)), _part(house, a_notice(house, "G2", lines))
    assert here.group is not None
    assert elsewhere.group is not None
    assert (here.group.rest, elsewhere.group.rest) == (Rest(open=5, late=2), Rest())


def test_dropped_lines_are_not_said(house: House) -> None:
    from models.notice import NoticeLine

    notice = a_notice(house, "OU1-1", [About("U1-1"), About("U1-1", "training")])
    line = table_of(NoticeLine)
    with transaction(house.engine) as session:
        session.execute(update(line).where(line.c.due_at < MORNING).values(dropped="done"))
    assert _part(house, notice).own == (TRAINING,)


def test_many_notices_are_composed_at_once(house: House) -> None:
    notices = [a_notice(house, f"OU1-{number}", [About(f"U1-{number}")]) for number in (1, 2, 3)]
    digests = _digests(house, *notices)
    assert [digest.reader for digest in digests] == ["联络员OU1-1", "联络员OU1-2", "联络员OU1-3"]
    assert [digest.campaigns[0].own[0].branch for digest in digests] == [f"企业U1-{number}支部" for number in (1, 2, 3)]
