"""Silences: reminders are put off until they end, and nothing of them is lost."""

from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.hand_over import hand_over
from actions.house import House
from actions.lift_silence import lift_silence
from actions.reading.due_stages import find_work
from actions.reading.silences import read_silences
from actions.reading.standing import read_standing
from actions.silence import Request, silence
from config.errors import Refusal
from config.vocabulary import DropReason, EventKind, NoticeStatus, Section
from flows.delivery import delivery
from flows.patrol import patrol
from models.silence import Silence
from tests.dumps import dump
from tests.factories import a_house, a_house_at_work, at, imported, registry_row
from tests.notifications.factories import mails
from tests.records import CAMPAIGN, Line, digests, events_of, every, facts, told, work_of

SURVEY = "mobilization/survey"
NOON = at("2009-09-14 12:00")
FLOOD = "flood"


def silenced(
    house: House,
    *,
    branch: str | None = None,
    unit: str | None = None,
    starts: date | datetime | None = None,
    until: date | datetime = date(2009, 9, 20),
    now: datetime = NOON,
) -> int:
    return silence(house, Request(until, FLOOD, branch, unit, starts), actor="李", now=now)


def tells_of(house: House) -> set[str]:
    """The branches that anybody is told of."""
    return {branch for _, branch, _ in told(house)}


@pytest.mark.parametrize(
    ("scope", "others"),
    [
        pytest.param({"branch": "U1-1"}, {"U1-2", "U2-1", "U2-2"}, id="a branch"),
        pytest.param({"unit": "U1"}, {"U2-1", "U2-2"}, id="a unit"),
        pytest.param({"unit": "城"}, set(), id="all below, by name"),
    ],
)
def test_nobody_is_told_of_what_is_silenced(
    engine: Engine, tmp_path: Path, scope: dict[str, str], others: set[str]
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    silenced(house, **scope, until=date(2010, 1, 1), now=at("2009-09-14 00:00"))
    patrol(house, at("2009-10-09 09:00"))
    assert tells_of(house) == others
    assert {officer for officer, _, _ in told(house)} == ({"G1", "G2", "C"} | {f"O{code}" for code in others}) - (
        {"G1"} if "U1-2" not in others else set()
    ) - ({"G2", "C"} if not others else set())


def test_what_was_planned_is_taken_off_and_told_when_it_is_over(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    patrol(house, at("2009-09-14 08:30"))
    silenced(house, branch="U1-1")
    patrol(house, NOON)
    (cancelled,) = digests(house)
    assert (cancelled.status, cancelled.reason) == (NoticeStatus.CANCELLED, DropReason.SILENCED)
    for day in range(15, 21):
        patrol(house, at(f"2009-09-{day} 09:00"))
    assert told(house) == set()
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-09 08:30"), "it stays where it began"
    patrol(house, at("2009-09-21 00:00"))
    found = {digest.officer: (digest.day, digest.lines) for digest in digests(house, live=True)}
    assert found == {
        "OU1-1": (date(2009, 9, 21), (Line(Section.OWN, "U1-1", SURVEY, 3),)),
        "G1": (date(2009, 9, 21), (Line(Section.GROUP, "U1-1", SURVEY, 3),)),
    }, "merged, at its first instant, for the next send window"


def test_the_line_of_a_silenced_branch_leaves_the_digest_at_its_claim(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    hand_over(house, "OU1-2", "OU1-1", actor="李", now=at("2009-09-10 09:00"))
    patrol(house, at("2009-09-14 08:30"))
    silenced(house, branch="U1-1")
    assert delivery(house, lambda: NOON).sent == 1
    (mail,) = mails(house.home)
    text = message_from_bytes(mail.read_bytes(), policy=policy.default).get_content()
    assert "企业U1-2支部" in text
    assert "企业U1-1支部" not in text
    assert [line.dropped for line in digests(house)[0].lines] == [DropReason.SILENCED, None]
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-09 08:30")


def test_repeated_patrols_change_nothing_while_it_lasts_and_find_no_work(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    patrol(house, at("2009-09-15 09:00"))
    silenced(house, unit="U1", now=at("2009-09-15 10:00"))
    patrol(house, at("2009-09-15 11:00"))
    before = dump(engine)
    patrol(house, at("2009-09-15 11:00"))
    assert dump(engine) == before
    assert find_work(house, now=at("2009-09-17 09:00")) == {CAMPAIGN: ()}
    assert find_work(house, now=at("2009-09-21 00:00"))[CAMPAIGN]


def test_a_silence_moves_no_deadline(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    silenced(house, unit="U1")
    standing = read_standing(house, CAMPAIGN, now=at("2009-09-15 09:00"))
    assert [unit.tally.due - unit.tally.due_done for unit in standing.units if unit.unit == "U1"] == [1]


def test_a_problem_of_a_silenced_branch_waits_too(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    add_problems(house, CAMPAIGN, [Finding("U1-1", "no room", NOON, "OU1-1", "王", date(2009, 9, 16))])
    silenced(house, branch="U1-1")
    patrol(house, at("2009-09-17 09:00"))
    assert told(house) == set()
    patrol(house, at("2009-09-21 09:00"))
    assert ("OU1-1", "U1-1", "#1") in told(house)


def test_it_begins_and_ends_at_its_instants(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    silenced(
        house, branch="U1-1", starts=at("2009-09-14 08:31"), until=at("2009-09-15 09:00"), now=at("2009-09-11 09:00")
    )
    patrol(house, at("2009-09-14 08:30"))
    assert tells_of(house) == {"U1-1"}
    patrol(house, at("2009-09-14 08:31"))
    assert tells_of(house) == set()
    patrol(house, at("2009-09-15 08:59"))
    assert tells_of(house) == set()
    patrol(house, at("2009-09-15 09:00"))
    assert tells_of(house) == {"U1-1"}


def test_days_are_whole_days_of_the_settings_zone(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), now=NOON)
    silenced(house, branch="U1-1", starts=date(2009, 9, 15), until=date(2009, 9, 16))
    (found,) = every(house, Silence)
    assert (found.starts_at, found.ends_at) == (at("2009-09-15 00:00"), at("2009-09-17 00:00"))


def test_a_lifted_silence_is_over(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    patrol(house, at("2009-09-14 08:30"))
    number = silenced(house, unit="U1")
    patrol(house, NOON)
    assert lift_silence(house, number, actor="王", now=at("2009-09-14 13:00"))
    before = dump(engine)
    assert not lift_silence(house, number, actor="王", now=at("2009-09-14 14:00"))
    assert dump(engine) == before
    patrol(house, at("2009-09-14 13:00"))
    assert told(house) == {("OU1-1", "U1-1", SURVEY)}
    (added,) = events_of(house, EventKind.SILENCE_ADDED)
    (lifted,) = events_of(house, EventKind.SILENCE_LIFTED)
    assert (added.subject, added.actor, added.reason, facts(added.after)["of"]) == ("silence 1", "李", FLOOD, "U1")
    assert (lifted.subject, lifted.actor) == ("silence 1", "王")


def test_asked_for_twice_it_is_one(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    number = silenced(house, branch="U1-1")
    before = dump(engine)
    assert silenced(house, branch="U1-1") == number
    assert dump(engine) == before
    assert silenced(house, unit="U1") != number


def test_silences_are_listed_the_newest_first(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    silenced(house, branch="U1-1")
    silenced(house, unit="U1", starts=date(2009, 9, 18))
    found = read_silences(house, now=NOON).silences
    assert [(row.number, row.branch, row.unit, row.name, row.in_force) for row in found] == [
        (2, None, "U1", "第1区", False),
        (1, "U1-1", None, "企业U1-1支部", True),
    ]


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        pytest.param(Request(date(2009, 9, 13), "r", branch="U1-1"), "is not after its beginning", id="over"),
        pytest.param(
            Request(date(2009, 9, 13), "r", branch="U1-1", starts=date(2009, 9, 10)), "is over already", id="long over"
        ),
        pytest.param(
            Request(date(2009, 9, 15), "r", unit="U1", starts=date(2009, 9, 16)), "is not after", id="ends first"
        ),
        pytest.param(Request(NOON, "r", unit="U1", starts=NOON), "is not after", id="no length"),
        pytest.param(Request(date(2009, 9, 15), "r", branch="X"), "branch X: not in the registry", id="branch"),
        pytest.param(Request(date(2009, 9, 15), "r", unit="X"), "unit X: not in the registry", id="unit"),
    ],
)
def test_a_silence_that_makes_no_sense_is_refused(engine: Engine, tmp_path: Path, request_: Request, said: str) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    before = dump(engine)
    with pytest.raises(Refusal, match=said):
        silence(house, request_, actor="李", now=NOON)
    assert dump(engine) == before


def test_only_what_holds_or_will_hold_can_be_lifted(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    number = silenced(house, branch="U1-1")
    with pytest.raises(Refusal, match="silence 9: there is none"):
        lift_silence(house, 9, actor="李", now=NOON)
    with pytest.raises(Refusal, match="it is over"):
        lift_silence(house, number, actor="李", now=at("2009-09-21 00:00"))
