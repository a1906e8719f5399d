import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.notices import SHOWN
from models.database import connect
from tests.cli.terminal import Rollcall
from tests.databases import Databases
from tests.factories import a_house_at_work

PATROL = ("patrol", "--at", "2009-09-15T09:00+08:00")
DELIVER = ("deliver", "--at", "2009-09-15T09:30+08:00")


@pytest.fixture
def planned(rollcall: Rollcall, at_work: Path) -> Path:
    """A home whose pilot branches were late with the survey yesterday: three notices are planned."""
    assert rollcall(*PATROL).status == 0
    return at_work


def test_the_list_in_json_has_the_keys_that_were_agreed(rollcall: Rollcall, planned: Path) -> None:
    notices = rollcall("notices", "list", "--json").json
    assert [notice["officer"] for notice in notices] == ["OU1-3", "OU1-2", "OU1-1"]
    first = notices[-1]
    assert list(first) == ["notice", "officer", "kind", "day", "status", "lines"]
    assert first == {
        "notice": first["notice"],
        "officer": "OU1-1",
        "kind": "digest",
        "day": "2009-09-15",
        "status": "planned",
        "lines": 1,
    }


def test_those_of_a_campaign_are_accounted_for_in_json(rollcall: Rollcall, planned: Path) -> None:
    assert rollcall(*DELIVER).status == 0
    printed = rollcall("notices", "list", "--campaign", "trial", "--json")
    *_, account = printed.json
    assert list(account)[:6] == ["notice", "officer", "kind", "day", "status", "lines"]
    assert (account["officer"], account["name"], account["lines"], account["extension"]) == (
        "OU1-1",
        "联络员OU1-1",
        1,
        None,
    )
    (line,) = account["why"]
    assert (line["branch"], line["task"], line["rung"], line["reached"]) == (
        "U1-1",
        "mobilization/survey",
        2,
        "1 workday after due, then every 1 workday",
    )
    (delivery,) = account["deliveries"]
    assert "企业U1-1支部" in delivery["body"]
    (attempt,) = delivery["attempts"]
    assert (attempt["number"], attempt["outcome"]) == (1, "accepted")
    assert "2009-09-15T01:30:00" < attempt["started_at"] < attempt["ended_at"] < "2009-09-15T01:31:00"
    shown = rollcall("notices", "show", account["notice"], "--json").json
    assert (shown["lines"], shown["deliveries"]) == (account["why"], account["deliveries"])
    assert rollcall("notices", "list", "--officer", "OU1-1", "--json").json == [account]
    assert printed.out == json.dumps(printed.json, indent=2, ensure_ascii=False) + "\n"


def test_an_empty_list_of_a_campaign_is_a_list(rollcall: Rollcall, planned: Path) -> None:
    assert rollcall("notices", "list", "--campaign", "trial", "--status", "dead", "--json").out == "[]\n"


def test_a_message_about_an_extension_is_shown_with_what_was_granted(rollcall: Rollcall, planned: Path) -> None:
    longer = ("--branch", "U1-1", "--task", "survey", "--until", "2009-09-28", "--reason", "flood", "--by", "李")
    assert rollcall("extend", "--campaign", "trial", *longer, *PATROL[1:]).status == 0
    message = rollcall("notices", "list", "--officer", "OU1-1", "--json").json[0]
    assert message["kind"] == "extension"
    granted = rollcall("notices", "show", message["notice"], "--json").json["extension"]
    assert granted == {"until": "2009-09-28", "reason": "flood", "by": "李", "at": "2009-09-15T01:00:00Z"}
    assert "2009-09-28, flood (李)" in rollcall("notices", "show", message["notice"]).out


def test_what_is_done_since_takes_the_line_off(rollcall: Rollcall, planned: Path) -> None:
    answer = ("--campaign", "trial", "--branch", "U1-1", "--task", "survey", "--figures", "members=3")
    assert rollcall("task", "done", *answer, *PATROL[1:]).status == 0
    assert rollcall(*PATROL, "--json").json["campaigns"][0]["cancelled"] == 1
    (cancelled,) = rollcall("notices", "list", "--status", "cancelled", "--json").json
    assert (cancelled["officer"], cancelled["lines"]) == ("OU1-1", 0)


@pytest.mark.parametrize(
    ("narrowed", "officers"),
    [
        pytest.param(["--officer", "OU1-2"], ["OU1-2"], id="officer"),
        pytest.param(["--status", "sent"], [], id="status"),
        pytest.param(["--day", "2009-09-15"], ["OU1-3", "OU1-2", "OU1-1"], id="day"),
        pytest.param(["--day", "2009-09-16"], [], id="other-day"),
        pytest.param(["--campaign", "trial"], ["OU1-3", "OU1-2", "OU1-1"], id="campaign"),
        pytest.param(["--limit", "2"], ["OU1-3", "OU1-2"], id="limit"),
    ],
)
def test_the_list_can_be_narrowed(rollcall: Rollcall, planned: Path, narrowed: list[str], officers: list[str]) -> None:
    assert [notice["officer"] for notice in rollcall("notices", "list", *narrowed, "--json").json] == officers


def test_a_notice_is_shown_with_its_lines_and_its_text_once_it_is_sent(rollcall: Rollcall, planned: Path) -> None:
    number = rollcall("notices", "list", "--officer", "OU1-1", "--json").json[0]["notice"]
    detail = rollcall("notices", "show", number, "--json").json
    (line,) = detail["lines"]
    assert (line["branch"], line["task"], line["section"]) == ("U1-1", "mobilization/survey", "own")
    assert detail["deliveries"] == []
    report = rollcall(*DELIVER, "--json").json
    assert list(report) == ["at", "sent", "failed", "held", "dead", "cancelled", "waiting"]
    assert report["sent"] == 3
    (delivery,) = rollcall("notices", "show", number, "--json").json["deliveries"]
    assert (delivery["service"], delivery["status"]) == ("folder", "sent")
    assert delivery["body"] in rollcall("notices", "show", number).out
    assert "企业U1-1支部" in delivery["body"]


def test_only_what_stopped_can_go_again(rollcall: Rollcall, planned: Path) -> None:
    number = rollcall("notices", "list", "--json").json[0]["notice"]
    refused = rollcall("notices", "retry", number)
    assert refused.status == 1
    assert "only dead and held" in refused.complaint


def test_a_notice_that_was_given_up_goes_again(rollcall: Rollcall, planned: Path) -> None:
    number = rollcall("notices", "list", "--officer", "OU1-1", "--json").json[0]["notice"]
    with closing(sqlite3.connect(planned / "rollcall.db")) as database, database:
        database.execute("UPDATE notice SET status = 'dead', reason = 'lost' WHERE id = ?", (number,))
    assert rollcall("notices", "retry", number, *PATROL[1:]).status == 0
    (again,) = rollcall("notices", "list", "--officer", "OU1-1", "--json").json
    assert again["status"] == "planned"


def test_all_that_was_given_up_of_a_campaign_goes_again(rollcall: Rollcall, planned: Path) -> None:
    again = ("notices", "retry", "--all-dead", "--campaign", "trial", *PATROL[1:])
    assert rollcall(*again).complaint == "campaign trial: no notice of it is dead"
    first, second = (rollcall("channel", "list", "-o", officer, "--json").json[0] for officer in ("OU1-1", "OU1-2"))
    for channel in (first, second):
        assert rollcall("channel", "disable", channel["channel"], "--reason", "moved", *PATROL[1:]).status == 0
    assert rollcall(*DELIVER, "--json").json["dead"] == 2
    assert rollcall("channel", "enable", first["channel"], *PATROL[1:]).status == 0
    done = rollcall(*again)
    assert done.out == "campaign trial: 1 planned again; `rollcall deliver` sends them\n"
    assert done.complaint == "1 stay dead: no active channel reaches their readers"
    assert rollcall(*DELIVER, "--json").json["sent"] == 1


@pytest.mark.parametrize(
    "said", [[], ["--all-dead"], ["--campaign", "trial"], ["1", "--all-dead"], ["1", "--campaign", "trial"]]
)
def test_what_is_to_go_again_is_said_in_one_way(rollcall: Rollcall, planned: Path, said: list[str]) -> None:
    refused = rollcall("notices", "retry", *said)
    assert refused.status == 2
    assert "either their numbers, or --all-dead and --campaign" in refused.complaint


def test_a_long_list_is_cut_in_the_table_and_says_so(
    rollcall: Rollcall, home: Path, key: str, databases: Databases
) -> None:
    home.mkdir()
    with databases.fresh("sqlite", home) as url:
        engine = connect(url)
        a_house_at_work(engine, home, units=1, branches=SHOWN + 1)
        engine.dispose()
    assert rollcall(*PATROL).status == 0
    cut = rollcall("notices", "list")
    assert cut.out.count("(OU1-") == SHOWN
    assert cut.complaint == f"these are the newest {SHOWN}; --limit shows more"
    whole = rollcall("notices", "list", "--limit", SHOWN + 1)
    assert (whole.out.count("(OU1-"), whole.err) == (SHOWN + 1, "")
    assert len(rollcall("notices", "list", "--json").json) == SHOWN + 1
