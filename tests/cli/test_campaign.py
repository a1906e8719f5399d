import json
from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall, count, dump_of
from tests.factories import CAMPAIGN

TITLED = "code: mobilization\n    title: {zh: 动员, en: Mobilization}"
LATE = ("--at", "2009-09-22T09:00+08:00")


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    file = tmp_path / "trial.yaml"
    file.write_text(CAMPAIGN, encoding="utf-8")
    return file


def test_a_check_shows_the_plan_and_writes_nothing(rollcall: Rollcall, registered: Path, trial: Path) -> None:
    before = dump_of(registered)
    answered = rollcall("campaign", "check", trial)
    assert answered.status == 0
    first = next(line for line in answered.out.splitlines() if "mobilization/pilot" in line)
    assert "2009-09-07" in first
    assert "2009-09-24" in first
    assert dump_of(registered) == before


@pytest.mark.parametrize(("language", "shown"), [("zh", "动员 · 先行"), ("en", "Mobilization · first")])
def test_a_wave_is_shown_by_its_title_beside_the_codes_that_commands_take(
    rollcall: Rollcall, registered: Path, trial: Path, monkeypatch: pytest.MonkeyPatch, language: str, shown: str
) -> None:
    titled = CAMPAIGN.replace("{code: pilot,", "{code: pilot, title: {zh: 先行, en: first},")
    trial.write_text(titled.replace("code: mobilization", TITLED, 1), encoding="utf-8")
    assert rollcall("campaign", "launch", trial, "--at", "2009-09-01T09:00+08:00").status == 0
    monkeypatch.setenv("ROLLCALL_LANGUAGE", language)
    for asked in (("campaign", "check", trial), ("campaign", "status", "trial", *LATE)):
        out = rollcall(*asked).out
        assert shown in out
        assert "mobilization/pilot" in out
        assert "main ·" not in out


def test_a_check_in_json_names_the_days_of_each_window(rollcall: Rollcall, registered: Path, trial: Path) -> None:
    plan = rollcall("campaign", "check", trial, "--json").json
    assert list(plan) == ["campaign", "title", "windows", "warnings"]
    assert plan["campaign"] == "trial"
    assert plan["windows"][1] == {
        "stage": "mobilization",
        "wave": "main",
        "first_day": "2009-09-14",
        "last_day": "2009-09-30",
        "tasks": 2,
    }
    assert plan["warnings"] == []


def test_a_check_warns_of_days_that_the_calendar_does_not_know(
    rollcall: Rollcall, registered: Path, trial: Path
) -> None:
    trial.write_text(trial.read_text(encoding="utf-8").replace("2009-", "2031-"), encoding="utf-8")
    answered = rollcall("campaign", "check", trial)
    assert answered.status == 0
    assert answered.complaint.startswith(f"{trial}:4: calendar: ")
    assert "confirmed through" in answered.complaint
    assert rollcall("campaign", "check", trial, "--json").json["warnings"] == [answered.complaint]


def test_a_file_with_several_faults_has_a_line_for_each(rollcall: Rollcall, registered: Path, trial: Path) -> None:
    text = trial.read_text(encoding="utf-8").replace("95%", "195%").replace("lasts: 20 workdays", "lasts: long")
    trial.write_text(text, encoding="utf-8")
    answered = rollcall("campaign", "check", trial)
    assert answered.status == 1
    assert [line.split(": ")[:2] for line in answered.err.splitlines()] == [
        [f"{trial}:12", "stages[0].gate.done"],
        [f"{trial}:18", "stages[1].lasts"],
    ]


def test_a_ready_campaign_is_found_by_its_code(rollcall: Rollcall, registered: Path) -> None:
    plan = rollcall("campaign", "check", "quarterly-return", "--json")
    assert plan.status == 0, plan.err
    assert plan.json["campaign"] == "quarterly-return"


def test_the_schema_is_that_of_campaign_files(rollcall: Rollcall) -> None:
    schema = rollcall("campaign", "schema").json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"code", "waves", "stages"} <= set(schema["properties"])


@pytest.mark.usefixtures("in_chinese")
def test_a_launch_enrols_and_a_second_one_is_refused(rollcall: Rollcall, registered: Path, trial: Path) -> None:
    launched = rollcall("campaign", "launch", trial, "--at", "2009-09-01T09:00+08:00", "--by", "王主任", "--json")
    assert launched.json == {"campaign": "trial", "branches": 6, "warnings": []}
    (listed,) = rollcall("campaign", "list", "--json").json
    assert listed == {
        "campaign": "trial",
        "title": "试点",
        "status": "running",
        "revision": 1,
        "branches": 6,
        "open": [],
        "launched_at": "2009-09-01T01:00:00Z",
        "launched_by": "王主任",
        "ended_at": None,
    }
    before = dump_of(registered)
    again = rollcall("campaign", "launch", trial)
    assert again.status == 1
    assert again.complaint == "活动 trial：已经启动；要再办一次，请在文件中换一个代码"
    assert dump_of(registered) == before


def test_the_status_in_json_has_the_keys_that_were_agreed(rollcall: Rollcall, at_work: Path) -> None:
    status = rollcall("campaign", "status", "trial", *LATE, "--json").json
    assert list(status) == ["campaign", "at", "branches", "members", "stages", "units", "notices"]
    assert (status["campaign"], status["at"]) == ("trial", "2009-09-22T01:00:00Z")
    assert list(status["stages"][0]) == [
        *("stage", "wave", "status", "opens", "closes", "assignments", "done", "waived", "overdue"),
        *("completeness", "timeliness", "blockers"),
    ]
    assert list(status["units"][0]) == ["unit", "name", "branches", "assignments", "done", "overdue"]
    assert list(status["notices"]) == ["planned", "sending", "sent", "held", "dead", "cancelled"]


def test_the_figures_of_the_status_are_those_of_a_direct_count(rollcall: Rollcall, at_work: Path) -> None:
    on_trial = ("--campaign", "trial", "--task", "survey")
    at = ("--at", "2009-09-11T09:00+08:00")
    assert rollcall("task", "done", *on_trial, "--branch", "U1-1", "--figures", "members=9", *at).status == 0
    assert rollcall("task", "done", *on_trial, "--branch", "U2-1", "--figures", "members=9", *LATE).status == 0
    assert rollcall("task", "waive", *on_trial, "--branch", "U1-2", "--reason", "closed", *at).status == 0
    status = rollcall("campaign", "status", "trial", *LATE, "--json").json
    for window in status["stages"]:
        direct = f"""
            SELECT count(*) FROM assignment JOIN "window" w ON w.id = window_id
            JOIN stage ON stage.id = w.stage_id JOIN wave ON wave.id = w.wave_id
            WHERE stage.code = '{window["stage"]}' AND wave.code = '{window["wave"]}'"""
        done = count(at_work, f"{direct} AND assignment.status = 'done'")
        waived = count(at_work, f"{direct} AND assignment.status = 'waived'")
        total = count(at_work, direct)
        assert (window["assignments"], window["done"], window["waived"]) == (total, done, waived)
        open_past = count(at_work, f"{direct} AND assignment.status = 'open' AND due_at <= '2009-09-22 01:00'")
        assert window["overdue"] == open_past
        assert window["completeness"] == (done / (total - waived) if total > waived else None)
    pilot, main = status["stages"][:2]
    assert (pilot["timeliness"], main["timeliness"]) == (1 / 2, 0.0)
    assert [unit["overdue"] for unit in status["units"]] == [1, 2]


@pytest.mark.usefixtures("in_chinese")
def test_what_holds_a_window_is_said_in_english_in_json_and_in_the_language_of_the_house_in_the_table(
    rollcall: Rollcall, at_work: Path
) -> None:
    after = ("--at", "2009-09-25T09:00+08:00")
    assert rollcall("patrol", *after).status == 0
    (held, *_) = rollcall("campaign", "status", "trial", *after, "--json").json["stages"]
    assert held["status"] == "held"
    assert held["blockers"] == ["0 tasks done, 6 needed"]
    table = rollcall("campaign", "status", "trial", *after).out
    assert "mobilization/pilot: 已办结 0 项，须办结 6 项" in table


@pytest.mark.parametrize(("language", "title"), [("zh", "动员部署"), ("en", "Mobilization")])
def test_the_table_has_titles_in_the_language_of_the_house_and_the_days_that_people_are_shown(
    rollcall: Rollcall, at_work: Path, monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    monkeypatch.setenv("ROLLCALL_LANGUAGE", language)
    table = rollcall("campaign", "status", "trial", *LATE).out
    assert title in table
    assert "2009-09-07" in table
    assert "2009-09-24" in table  # the last allowed day, not the instant after it


def test_an_empty_home_is_set_up_by_the_first_command(rollcall: Rollcall, home: Path) -> None:
    answered = rollcall("campaign", "list", "--json")
    assert (answered.status, json.loads(answered.out)) == (0, [])
    assert home.stat().st_mode & 0o777 == 0o700
    assert "already" not in rollcall("db", "upgrade").err


def test_the_pace_of_a_study_window_names_the_branches_below_it(rollcall: Rollcall, at_work: Path) -> None:
    middle = ("--at", "2009-10-15T09:00+08:00")
    assert "no study window is at work" in rollcall("campaign", "pace", "trial", *middle).out
    override = ("gate", "override", "--campaign", "trial", "--window", "mobilization/pilot", "--reason", "flood")
    assert rollcall(*override, *LATE).status == 0
    for instant in ("2009-09-25T00:05+08:00", "2009-09-27T00:05+08:00"):
        assert rollcall("patrol", "--at", instant).status == 0
    done = ("task", "done", "--campaign", "trial", "--branch", "U1-1", "--task", "lecture")
    assert rollcall(*done, *middle).status == 0
    (pace,) = rollcall("campaign", "pace", "trial", *middle, "--json").json
    assert pace["window"] == "study/pilot"
    assert pace["asked"] == 0.5  # of 20 working days since Sunday 27 September, which was one, 10 have passed
    assert [branch["branch"] for branch in pace["behind"]] == ["U1-2", "U1-3"]
    assert "U1-2" in rollcall("campaign", "pace", "trial", *middle).out
