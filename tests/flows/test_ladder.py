"""The ladder from the patrol to the folder: one message a person, never at night, to whoever is to be told."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.complete import complete
from actions.house import House
from actions.set_away import set_away
from actions.silence import Request, silence
from flows.delivery import delivery, remind_and_deliver
from flows.patrol import patrol
from tests.factories import CAMPAIGN as TRIAL
from tests.factories import SHANGHAI, a_house_at_work, a_running_house, answer, at
from tests.flows.plays import every_day
from tests.notifications.factories import mails
from tests.records import CAMPAIGN, digests, work_of


def at_work(house: House, now: datetime) -> None:
    """What every hour does: a patrol, and a delivery after it."""
    patrol(house, now)
    delivery(house, lambda: now)


def received(house: House) -> Counter[str]:
    """How many messages each person's folder holds."""
    return Counter(file.parent.name for file in mails(house.home))


def text_of(house: House, person: str) -> str:
    (file,) = (file for file in mails(house.home) if file.parent.name == person)
    text = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
    assert text is not None
    return str(text.get_content())


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("2009-09-01 09:00", id="in which everything began"),
        pytest.param("2009-09-09 08:30", id="after a first day"),
    ],
)
def test_after_ten_days_of_outage_everyone_has_one_message(engine: Engine, tmp_path: Path, before: str) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=2)
    at_work(house, at(before))
    had = received(house)
    for hour in range(0, 64, 3):  # from a Saturday night on to the evening of the Monday after
        at_work(house, at("2009-09-19 03:00") + timedelta(hours=hour))
    new = received(house) - had
    assert {"OU1-1", "OU1-2", "G1"} <= set(new)
    assert set(new.values()) == {1}


def test_nobody_has_two_messages_on_a_day_and_none_at_night(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    had = received(house)
    days: Counter[tuple[date, str]] = Counter()
    for night in every_day("2009-09-14", "2009-09-28", "02:00"):
        for hours in (0, 6.5, 9, 15.9, 16, 20):
            now = night + timedelta(hours=hours)
            at_work(house, now)
            new, had = received(house) - had, received(house)
            local = now.astimezone(SHANGHAI)
            assert not new or time(8, 30) <= local.time() < time(18)
            days.update({(local.date(), person): count for person, count in new.items()})
    assert set(days.values()) == {1}
    assert {person for _, person in days} == {"OU1-1", "G1", "C"}


def test_what_was_silenced_is_one_message_at_its_end(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    quiet = Request(date(2009, 9, 20), "flood", unit="U1")
    silence(house, quiet, actor="李", now=at("2009-09-09 00:00"))
    now = at("2009-09-09 08:30")
    while now < at("2009-09-21 08:30"):
        at_work(house, now)
        now += timedelta(hours=4)
    assert not received(house)
    at_work(house, at("2009-09-21 08:30"))
    assert received(house) == {"OU1-1": 1, "G1": 1}


def test_the_deputys_message_is_about_the_absent_officers_branch(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    set_away(house, "OU1-1", "C", date(2009, 9, 9), None, actor="李", now=at("2009-09-09 00:00"))
    at_work(house, at("2009-09-09 08:30"))
    assert received(house) == {"C": 1, "OU1-2": 1}
    assert "企业U1-1支部" in text_of(house, "C")


def test_late_work_is_spoken_of_for_months_ever_more_rarely(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    complete(house, CAMPAIGN, [answer("U1-1", "training", "2009-09-08 10:00")])
    while (now := work_of(house, "U1-1", "survey").next_reminder_at) is not None:
        at_work(house, now)
    days = [f"{digest.day:%y-%m-%d}" for digest in digests(house) if digest.officer == "OU1-1"]
    assert days[-6:] == ["09-09-27", "09-10-10", "09-10-23", "09-11-20", "10-01-18", "10-05-17"]
    assert received(house)["OU1-1"] == len(days)


def test_what_a_night_patrol_planned_goes_out_with_the_reminders_of_the_morning(engine: Engine, tmp_path: Path) -> None:
    text = TRIAL.replace("due: 5 workdays after open", "due: 3 workdays after open")
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1, text=text)
    patrol(house, at("2009-09-07 03:00"))
    remind_and_deliver(house, lambda: at("2009-09-07 08:31"))
    told = text_of(house, "OU1-1")
    assert "即将到期" in told
    assert "开始" in told
    at_work(house, at("2009-09-07 09:00"))
    assert received(house)["OU1-1"] == 1
