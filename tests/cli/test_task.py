from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from actions.ask_extension import Wish, ask_extension
from cli.opening import house_at
from tests.cli.terminal import Rollcall, count, dump_of
from tests.factories import at
from tests.files import JPEG

BRANCH = ("--campaign", "trial", "--branch", "U1-1")
SURVEY = (*BRANCH, "--task", "survey")
EARLY, LATE = ("--at", "2009-09-11T09:00+08:00"), ("--at", "2009-09-22T09:00+08:00")


@pytest.mark.usefixtures("in_chinese")
def test_the_list_in_json_has_the_keys_that_were_agreed(rollcall: Rollcall, at_work: Path) -> None:
    survey, training = rollcall("task", "list", *BRANCH, *LATE, "--json").json
    assert survey == {
        "stage": "mobilization",
        "task": "survey",
        "title": "摸底",
        "due": "2009-09-14T16:00:00Z",
        "status": "open",
        "done_at": None,
        "done_by": None,
        "late": True,
        "figures": {},
    }
    assert list(survey) == ["stage", "task", "title", "due", "status", "done_at", "done_by", "late", "figures"]
    assert (training["task"], training["late"]) == ("training", False)


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(["--figures", "members=12"], id="option"),
        pytest.param(["--figure", "members=12"], id="singular"),
        pytest.param(["-f", "members=12"], id="short"),
        pytest.param(["members=12"], id="argument"),
    ],
)
def test_an_answer_is_kept_with_its_figures(rollcall: Rollcall, at_work: Path, figures: Sequence[str]) -> None:
    done = rollcall("task", "done", *SURVEY, *EARLY, "--by", "张三", "--note", "all there", *figures)
    assert (done.status, done.out) == (0, "U1-1 mobilization/survey: done\n")
    (survey, _) = rollcall("task", "list", *BRANCH, *LATE, "--json").json
    assert (survey["status"], survey["late"], survey["figures"]) == ("done", False, {"members": 12})
    assert (survey["done_at"], survey["done_by"]) == ("2009-09-11T01:00:00Z", "张三")
    assert count(at_work, "SELECT count(*) FROM assignment WHERE note = 'all there'") == 1


def test_an_answer_after_the_deadline_is_late(rollcall: Rollcall, at_work: Path) -> None:
    receipt = rollcall("task", "done", *SURVEY, *LATE, "--figures", "members=12", "--json").json
    assert (receipt["result"], receipt["late"]) == ("completed", True)
    (survey, _) = rollcall("task", "list", *BRANCH, *LATE, "--json").json
    assert survey["late"]


def test_answering_twice_is_harmless_and_says_so(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("task", "done", *SURVEY, *EARLY, "--by", "张三", "--figures", "members=12").status == 0
    before = dump_of(at_work)
    again = rollcall("task", "done", *SURVEY, *LATE, "--by", "李四", "--figures", "members=13")
    assert again.status == 0
    assert "done already by 张三" in again.out
    assert dump_of(at_work) == before


def test_a_task_is_waived_and_opened_again(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("task", "waive", *SURVEY, "--reason", "closed").status == 0
    assert rollcall("task", "list", *BRANCH, *LATE, "--json").json[0]["status"] == "waived"
    assert "waived already" in rollcall("task", "waive", *SURVEY, "--reason", "closed").out
    assert rollcall("task", "reopen", *SURVEY, "--reason", "by mistake").status == 0
    assert rollcall("task", "list", *BRANCH, *LATE, "--json").json[0]["status"] == "open"
    assert "is open" in rollcall("task", "reopen", *SURVEY, "--reason", "by mistake").out


@pytest.mark.usefixtures("in_chinese")
def test_the_table_shows_last_days_and_standings(rollcall: Rollcall, at_work: Path) -> None:
    table = rollcall("task", "list", *BRANCH, *LATE).out
    assert "企业U1-1支部 (U1-1)" in table
    (survey,) = (line for line in table.splitlines() if line.startswith("摸底"))
    assert "2009-09-14" in survey
    assert "已逾期" in survey


def test_an_extension_moves_the_deadline_that_is_shown(rollcall: Rollcall, at_work: Path) -> None:
    until = ("--until", "2009-09-23", "--reason", "flood", *EARLY)
    granted = rollcall("extend", *SURVEY, *until)
    assert (granted.status, granted.out) == (0, "U1-1: extended until 2009-09-23; 1 deadlines moved, 1 officers told\n")
    assert rollcall("task", "list", *BRANCH, *LATE, "--json").json[0]["due"] == "2009-09-23T16:00:00Z"
    assert rollcall("extend", "--campaign", "trial", "--unit", "第2区", "--stage", "mobilization", *until).status == 0


def test_a_waived_task_cannot_be_done_and_the_status_says_so(rollcall: Rollcall, at_work: Path) -> None:
    named = ("--campaign", "trial", "--branch", "U1-1", "--task", "survey", "--at", "2009-09-22T09:00+08:00")
    assert rollcall("task", "waive", *named, "--reason", "moved").status == 0
    answered = rollcall("task", "done", *named)
    assert (answered.status, answered.out) == (1, "")
    assert answered.complaint.endswith("is waived; reopen it first if it is to be answered")
    assert rollcall("task", "done", *named, "--json").json["result"] == "waived_before"


def test_evidence_comes_with_the_answer(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(JPEG)
    training = (*BRANCH, "--task", "training", *EARLY)
    assert rollcall("task", "done", *training, "--evidence", photo).status == 0
    assert count(at_work, "SELECT count(*) FROM evidence WHERE name = '照片.jpg'") == 1
    assert rollcall("task", "done", *training, "--evidence", tmp_path / "nosuch.jpg").status == 2
    (at_work / "evidence" / "orphan").write_bytes(JPEG)
    assert rollcall("db", "sweep", "--at", "2190-01-01T00:00Z").out == "1 files removed\n"


def test_a_request_is_listed_granted_and_refused(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("request", "list", "--json").json == []
    with house_at(at_work) as house:
        for branch in ("U1-1", "U1-2"):
            wish = Wish(branch, "survey", date(2009, 9, 18), "flood")
            ask_extension(house, "trial", wish, actor="x", now=at("2009-09-11 09:00"))
    granted = rollcall("request", "grant", "1", "--until", "2009-09-17", *EARLY)
    assert (granted.status, granted.out) == (0, "request 1: granted until 2009-09-17\n")
    refused = rollcall("request", "refuse", "2", "--answer", "no", *EARLY, "--by", "李")
    assert (refused.status, refused.out) == (0, "request 2: refused\n")
    again = rollcall("request", "grant", "2", *EARLY)
    assert (again.status, again.complaint) == (1, "request 2: was decided already, by 李; nothing was changed")
    listed = rollcall("request", "list", "--json").json
    assert [(line["request"], line["status"], line["last_day"]) for line in listed] == [
        (2, "refused", "2009-09-14"),
        (1, "granted", "2009-09-17"),
    ]
    assert "flood" in rollcall("request", "list").out
