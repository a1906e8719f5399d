from pathlib import Path

from tests.cli.terminal import Rollcall, dump_of
from tests.factories import CAMPAIGN

OPENING = ("--at", "2009-09-14T09:00+08:00")
CLOSING = ("--at", "2009-09-25T09:00+08:00")


def test_a_patrol_says_what_it_did(rollcall: Rollcall, at_work: Path) -> None:
    report = rollcall("patrol", *CLOSING, "--json").json
    assert list(report) == ["at", "campaigns"]
    assert report["at"] == "2009-09-25T01:00:00Z"
    (campaign,) = report["campaigns"]
    assert list(campaign) == ["campaign", "opened", "closed", "held", "notices", "cancelled"]
    assert (campaign["campaign"], campaign["opened"], campaign["closed"]) == ("trial", [], [])
    assert campaign["held"] == ["mobilization/pilot"]
    assert campaign["notices"] > 0
    assert campaign["cancelled"] == 0


def test_the_same_patrol_twice_changes_nothing(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("patrol", *CLOSING).status == 0
    before = dump_of(at_work)
    assert rollcall("patrol", *CLOSING).status == 0
    assert dump_of(at_work) == before


def test_a_gate_that_is_overridden_lets_the_next_patrol_close(rollcall: Rollcall, at_work: Path) -> None:
    window = ("--campaign", "trial", "--window", "mobilization/pilot")
    assert rollcall("gate", "override", *window, "--reason", "agreed", *OPENING).out.endswith(": overridden\n")
    assert rollcall("gate", "override", *window, "--reason", "agreed", *OPENING).out.endswith("already\n")
    (campaign,) = rollcall("patrol", *CLOSING, "--json").json["campaigns"]
    assert campaign["closed"] == ["mobilization/pilot"]


def test_a_gate_that_asks_for_approval_is_approved_once(rollcall: Rollcall, registered: Path, tmp_path: Path) -> None:
    file = tmp_path / "asking.yaml"
    file.write_text(CAMPAIGN.replace("gate: {done: 95%}", "gate: {approval: true}"), encoding="utf-8")
    assert rollcall("campaign", "launch", file, "--at", "2009-09-01T09:00+08:00").status == 0
    assert rollcall("patrol", *CLOSING, "--json").json["campaigns"][0]["held"] == ["mobilization/pilot"]
    window = ("--campaign", "trial", "--window", "mobilization/pilot")
    assert rollcall("gate", "approve", *window, *CLOSING).out == "gate mobilization/pilot: approved\n"
    assert rollcall("gate", "approve", *window, *CLOSING).out == "gate mobilization/pilot: was approved already\n"
    assert rollcall("patrol", *CLOSING, "--json").json["campaigns"][0]["closed"] == ["mobilization/pilot"]


def test_the_table_of_a_patrol_names_the_windows(rollcall: Rollcall, at_work: Path) -> None:
    assert "mobilization/pilot" in rollcall("patrol", *CLOSING).out


def test_two_patrols_at_once_are_kept_apart(rollcall: Rollcall, at_work: Path) -> None:
    from models.database import connect, exclusive

    engine = connect(f"sqlite:///{at_work / 'rollcall.db'}")
    before = dump_of(at_work)
    with exclusive(engine, "patrol"):
        refused = rollcall("patrol", *CLOSING)
    engine.dispose()
    assert refused.status == 1
    assert "another patrol" in refused.complaint
    assert dump_of(at_work) == before
