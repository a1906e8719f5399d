"""Ending a campaign whose windows are all closed."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.close_window import close_window
from actions.complete import complete
from actions.end_campaign import end_campaign
from actions.house import House
from actions.override_gate import override_gate
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import find_work
from actions.write_summary import write_summary
from config.vocabulary import CampaignStatus, EventKind
from models.campaign import Campaign
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, answer, at
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, every, told, window_id
from tests.statements import Statement, before_each

SHORT = CAMPAIGN.split("  - code: study")[0]
"""The trial with nothing after mobilization."""

CLOSED = at("2009-10-01 00:00")


def a_house_near_its_end(engine: Engine, home: Path) -> House:
    """A house whose campaign has one window left to close."""
    house = a_house_at_work(engine, home, branches=1, text=SHORT)
    for wave in ("pilot", "main"):
        override_gate(house, CODE, f"mobilization/{wave}", reason="flood", actor="李", now=at("2009-09-18 10:00"))
    complete(house, CODE, [answer("U2-1", task) for task in ("survey", "training")])
    close_window(house, window_id(house, "mobilization/pilot"), now=at("2009-09-25 00:00"))
    return house


def summary(house: House) -> str:
    return (house.home / "reports" / "trial-summary.md").read_text(encoding="utf-8")


def test_a_campaign_ends_once_when_its_last_window_is_closed(engine: Engine, tmp_path: Path) -> None:
    house = a_house_near_its_end(engine, tmp_path / "home")
    before = dump(engine)
    assert not end_campaign(house, CODE, now=CLOSED)
    assert dump(engine) == before
    close_window(house, window_id(house, "mobilization/main"), now=CLOSED)
    assert end_campaign(house, CODE, now=CLOSED)
    (campaign,) = every(house, Campaign)
    assert (campaign.status, campaign.ended_at) == (CampaignStatus.ENDED, CLOSED)
    (event,) = events_of(house, EventKind.CAMPAIGN_ENDED)
    assert (event.subject, event.actor, event.at) == (CODE, "patrol", CLOSED)
    before, written = dump(engine), summary(house)
    assert not end_campaign(house, CODE, now=at("2009-10-09 00:00"))
    assert (dump(engine), summary(house)) == (before, written)


def test_its_summary_tells_what_became_of_it(engine: Engine, tmp_path: Path) -> None:
    house = a_house_near_its_end(engine, tmp_path / "home")
    close_window(house, window_id(house, "mobilization/main"), now=CLOSED)
    end_campaign(house, CODE, now=CLOSED)
    assert summary(house).startswith("# 试点")
    for word in ("flood", "第1区", "第2区"):
        assert word in summary(house)


def test_a_summary_written_twice_at_one_instant_is_the_same_to_the_last_byte(engine: Engine, tmp_path: Path) -> None:
    house = a_house_near_its_end(engine, tmp_path / "home")

    def written() -> dict[str, bytes]:
        write_summary(house, CODE, now=CLOSED)
        return {file.name: file.read_bytes() for file in (house.home / "reports").iterdir()}

    first = written()
    assert written() == first
    assert {*first} == {"trial-summary.md", "trial-summary.docx", "trial-summary.xlsx"}


class Killed(BaseException):
    """The process is no more."""


def test_killed_after_the_summary_it_ends_the_next_time(engine: Engine, tmp_path: Path) -> None:
    house = a_house_near_its_end(engine, tmp_path / "home")
    close_window(house, window_id(house, "mobilization/main"), now=CLOSED)

    def die(statement: Statement) -> None:
        if statement.text.startswith("UPDATE campaign"):
            raise Killed

    with pytest.raises(Killed), before_each(engine, die):
        end_campaign(house, CODE, now=CLOSED)
    assert every(house, Campaign)[0].status is CampaignStatus.RUNNING
    assert end_campaign(house, CODE, now=CLOSED)


def test_work_still_open_is_answerable_and_chased_after_the_end(engine: Engine, tmp_path: Path) -> None:
    house = a_house_near_its_end(engine, tmp_path / "home")
    close_window(house, window_id(house, "mobilization/main"), now=CLOSED)
    end_campaign(house, CODE, now=CLOSED)
    late = at("2009-10-09 09:00")
    (call,) = find_work(house, now=late)[CODE]
    assert (call.stage, call.waves) == ("mobilization", ("pilot", "main"))
    plan_reminders(house, CODE, "mobilization", now=late)
    assert {(officer, work) for officer, _, work in told(house)} >= {("OU1-1", "mobilization/training")}
    complete(house, CODE, [answer("U1-1", task, "2009-10-09 10:00") for task in ("survey", "training")])
    assert find_work(house, now=at("2009-12-01 09:00")) == {}
