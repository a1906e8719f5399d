"""What a notice tells beside work that is due is read from the tables, and takes nothing from the rest."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from actions.add_channel import Address, add_channel
from actions.extend import Request, extend
from actions.house import House
from config.vocabulary import ChannelStatus, Language, NoticeKind, Section
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import table_of
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from notifications.contents.composing import Content, digests_of
from notifications.contents.digest import CampaignPart, Digest, Rest
from notifications.contents.entry import Entry
from notifications.contents.news import Announcement, CheckItem, ExtensionTold, LostChannel
from tests.notifications.factories import MORNING, About, a_notice
from tests.records import window_id

OPENED, CLOSES = date(2009, 9, 7), date(2009, 9, 24)
SURVEYED = date(2009, 9, 14)
CHECK_LIST = (CheckItem("摸底", SURVEYED), CheckItem("培训", CLOSES))
MOBILIZATION = Announcement("动员部署", OPENED, CLOSES, "pilot", tasks=CHECK_LIST, is_own=True)
SURVEY = Entry("企业U1-1支部", "摸底", SURVEYED, 2)


def _content(house: House, notice: int) -> Content:
    with snapshot(house.engine) as session:
        return digests_of(session, [notice], MORNING)[notice]


def _digest(house: House, notice: int) -> Digest:
    content = _content(house, notice)
    assert isinstance(content, Digest)
    return content


def _announce(house: House, notice: int, window: str = "mobilization/pilot") -> int:
    line = NoticeLine(notice_id=notice, campaign_id=1, section=Section.ANNOUNCEMENT, window_id=window_id(house, window))
    with transaction(house.engine) as session:
        session.add(line)
    return notice


def _give_up(house: House, notice: int, officer: str) -> int:
    """Have the notice tell that the first channel of an officer was given up."""
    with transaction(house.engine) as session:
        channel = session.exec(
            select(Channel).join(Officer, col(Officer.id) == Channel.officer_id).where(Officer.code == officer)
        ).one()
        channel.status, channel.disabled_reason = ChannelStatus.DISABLED, "unknown recipient"
        session.add_all(
            [
                channel,
                NoticeLine(notice_id=notice, campaign_id=1, section=Section.CHANNEL, channel_id=channel.id),
            ]
        )
    return notice


def _send_away(house: House, officer: str, deputy: str) -> None:
    table = table_of(Officer)
    with transaction(house.engine) as session:
        deputy_id = session.exec(select(Officer.id).where(Officer.code == deputy)).one()
        session.execute(
            update(table).where(table.c.code == officer).values(deputy_id=deputy_id, away_from=date(2009, 9, 1))
        )


def test_an_opening_stands_alone_or_beside_work(house: House) -> None:
    alone = _digest(house, _announce(house, a_notice(house, "OU1-1", [])))
    assert alone == Digest(
        "联络员OU1-1", Language.ZH, date(2009, 9, 16), (CampaignPart("试点", announcements=(MOBILIZATION,)),)
    )
    beside = _digest(house, _announce(house, a_notice(house, "OU1-2", [About("U1-2")])))
    (part,) = beside.campaigns
    assert [entry.branch for entry in part.own] == ["企业U1-2支部"]
    assert part.announcements == (MOBILIZATION,)


def test_the_last_days_of_an_opening_are_the_readers_own(house: House) -> None:
    moved = Request(until=date(2009, 10, 9), reason="flood", branch="U1-1", task="survey")
    extend(house, "trial", moved, actor="test", now=MORNING)
    tasks = {}
    for officer in ("OU1-1", "OU1-2", "C"):
        (part,) = _digest(house, _announce(house, a_notice(house, officer, []))).campaigns
        (told,) = part.announcements
        tasks[officer] = (told.tasks[0].last_day, told.is_own)
    assert tasks == {"OU1-1": (date(2009, 10, 9), True), "OU1-2": (SURVEYED, True), "C": (SURVEYED, False)}


def test_a_deputy_is_told_the_days_and_the_name_of_whom_they_stand_in_for(house: House) -> None:
    _send_away(house, "OU1-1", "OU2-1")
    (part,) = _digest(house, _announce(house, a_notice(house, "OU2-1", [About("U1-1")]))).campaigns
    assert part.own == (Entry("企业U1-1支部", "摸底", SURVEYED, 2, in_place_of="联络员OU1-1"),)
    assert part.own_rest == Rest()
    assert part.announcements == (MOBILIZATION,)


def test_what_is_done_in_anothers_place_is_no_part_of_the_readers_own_rest(house: House) -> None:
    _send_away(house, "OU1-1", "OU1-2")
    (part,) = _digest(house, a_notice(house, "OU1-2", [About("U1-1"), About("U1-2")])).campaigns
    assert [entry.in_place_of for entry in part.own] == ["联络员OU1-1", None]
    assert part.own_rest == Rest(open=1, late=0)


@pytest.mark.parametrize(
    ("old", "new", "guidance", "points"),
    [
        ('"guidance":null', '"guidance":{"zh":"一\\n\\n二","en":"One"}', ("一", "二"), ()),
        ('"check_points":[]', '"check_points":[{"zh":"甲","en":"A"}]', (), ("甲",)),
    ],
)
def test_an_opening_brings_what_the_campaign_says_of_its_stage(
    house: House, old: str, new: str, guidance: tuple[str, ...], points: tuple[str, ...]
) -> None:
    with transaction(house.engine) as session:
        campaign = session.get_one(Campaign, 1)
        stages, separator, rest = campaign.definition.partition('"stages":')
        assert old in rest
        campaign.definition = stages + separator + rest.replace(old, new)
        session.add(campaign)
    (part,) = _digest(house, _announce(house, a_notice(house, "OU1-1", []))).campaigns
    assert (part.announcements[0].guidance, part.announcements[0].check_points) == (guidance, points)


def test_a_lost_channel_belongs_to_no_campaign(house: House) -> None:
    notice = _give_up(house, a_notice(house, "C", []), "OU1-1")
    alone = _digest(house, notice)
    lost = (LostChannel("联络员OU1-1", "folder", "unknown recipient", is_reached=False),)
    assert alone == Digest("统筹", Language.ZH, date(2009, 9, 16), (), lost)
    add_channel(house, Address("OU1-1", "folder://new"), actor="chen", now=MORNING)
    assert _digest(house, notice).channels[0].is_reached
    both = _digest(house, _give_up(house, a_notice(house, "OU1-2", [About("U1-2")]), "OU1-2"))
    assert len(both.campaigns[0].own) == len(both.channels) == 1


def test_dropped_news_is_not_told(house: House) -> None:
    notice = _announce(house, a_notice(house, "OU1-1", [About("U1-1")]))
    _give_up(house, notice, "OU1-2")
    line = table_of(NoticeLine)
    with transaction(house.engine) as session:
        session.execute(update(line).where(line.c.section != Section.OWN).values(dropped="closed"))
    digest = _digest(house, notice)
    assert (digest.campaigns[0].announcements, digest.channels) == ((), ())
    assert digest.campaigns[0].own == (SURVEY,)


def _extension_notice(house: House) -> int:
    """The notice that tells OU1-1 of the extension that was granted for its survey."""
    moved = Request(until=date(2009, 10, 9), reason="防汛", branch="U1-1", task="survey")
    extend(house, "trial", moved, actor="chen", now=MORNING)
    with snapshot(house.engine) as session:
        return session.exec(select(Notice.id).where(Notice.kind == NoticeKind.EXTENSION)).one()


def test_an_extension_is_told_with_its_reason(house: House) -> None:
    other = a_notice(house, "OU1-2", [About("U1-2")])
    told = _content(house, _extension_notice(house))
    assert told == ExtensionTold(
        reader="联络员OU1-1",
        language=Language.ZH,
        today=date(2009, 9, 16),
        campaign="试点",
        entries=(Entry("企业U1-1支部", "摸底", date(2009, 10, 9), -23),),
        reason="防汛",
        granted_by="chen",
    )
    assert isinstance(_content(house, other), Digest)
