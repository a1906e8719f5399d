"""The mid-stage check of a study window."""

from pathlib import Path

from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.check_pace import check_pace
from actions.complete import complete
from actions.waive import waive
from config.vocabulary import EventKind
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, answer, at
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, facts, window_id, window_of

STUDY_FIRST = CAMPAIGN.replace("code: mobilization", "code: rally\n    kind: study").replace(
    "after mobilization", "after rally"
)
MIDDLE = at("2009-09-15 00:00")
"""The seventh of fourteen working days from Monday 7 September."""


def test_branches_below_the_pace_are_counted_by_unit_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=3, text=STUDY_FIRST)
    complete(house, CODE, [answer("U1-1", "survey", "2009-09-08 10:00")])
    waive(house, CODE, Named("U1-2", "survey"), reason="merged", actor="李", now=at("2009-09-08 10:00"))
    window = window_id(house, "rally/pilot")
    assert check_pace(house, window, now=at("2009-09-14 23:59")) is None
    assert check_pace(house, window, now=MIDDLE) == 2, "U1-2 has one left and did none of it, U1-3 did neither"
    (event,) = events_of(house, EventKind.PACE_CHECKED)
    assert facts(event.after) == {"asked": 0.5, "behind": 2, "units": {"第1区": 2}}
    before = dump(engine)
    assert check_pace(house, window, now=at("2009-09-16 00:00")) is None
    assert dump(engine) == before


def test_a_check_that_comes_late_asks_for_what_is_due_by_then(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=STUDY_FIRST)
    complete(house, CODE, [answer("U1-1", "survey", "2009-09-08 10:00")])
    check_pace(house, window_id(house, "rally/pilot"), now=at("2009-09-21 09:00"))
    (event,) = events_of(house, EventKind.PACE_CHECKED)
    assert facts(event.after) == {"asked": round(11 / 14, 3), "behind": 1, "units": {"第1区": 1}}
    assert window_of(house, "rally/pilot").checked_at == at("2009-09-21 09:00")


def test_a_window_not_open_yet_and_one_of_another_kind_are_not_checked(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    for label in ("mobilization/pilot", "study/pilot"):
        assert check_pace(house, window_id(house, label), now=at("2009-12-01 00:00")) is None
    assert events_of(house, EventKind.PACE_CHECKED) == []
