"""What is wrong in a campaign file, told with file, line and key, and all of it at once."""

from pathlib import Path

import pytest

from tests.config.campaigns import SMALL, faults_of, saved, spoiled

FAULTS = [
    (
        "code: small",
        "code: Small one",
        '1: code: "Small one" is no code: lower-case letters, digits, - and _, at most 40',
    ),
    ("code: small", "kode: small", '1: code: is missing|1: kode: unknown key; did you mean "code"?'),
    ("en: Small", "fr: petit", "2: title.fr: unknown key; known here: zh, en"),
    ("{zh: 小, en: Small}", "''", "2: title: must not be empty"),
    ("{zh: 小, en: Small}", "{}", "2: title: needs zh, en or both"),
    (
        "Asia/Shanghai",
        "Mars/One",
        '3: timezone: unknown time zone "Mars/One"',
    ),
    (
        "calendar: CN",
        "calendar: XX",
        '4: calendar: unknown calendar "XX"; write the two letters of a country',
    ),
    (
        "calendar: CN",
        "calendar: China",
        '4: calendar: unknown calendar "China"; write the two letters of a country',
    ),
    ("starts: 2009-09-14", "starts: 2009-02-30", "7: waves[1].starts: 2009-02-30 is not a day of any year"),
    (
        "starts: 2009-09-14",
        "starts: soon",
        '7: waves[1].starts: cannot read "soon"',
    ),
    (
        "{code: main, starts: 2009-09-14}",
        "{code: pilot, starts: 2009-09-14}",
        "7: waves[1].code: there is a wave pilot already",
    ),
    (
        "starts: 2009-09-14",
        "starts: 2009-09-14, units: [定州市, 安国市]",
        "7: waves[1].units[1]: 安国市 is in wave pilot already",
    ),
    (", units: [安国市]", "", "7: waves[1]: wave pilot takes everyone else already; name the units of this one"),
    ("[安国市]", "安国市", "6: waves[0].units: must be a list"),
    (
        "to: [liaison]",
        "to: [liaisons]",
        '10: reminders.rungs[0].to[0]: must be one of liaison, group, coordinator, not "liaisons"',
    ),
    (
        "at: due",
        "at: soon",
        '10: reminders.rungs[0].at: cannot read "soon"',
    ),
    ("at: due", "at: due, times: 3", "10: reminders.rungs[0]: times: 3 needs every, the distance between them"),
    ("at: due", "at: due, thinning: true", "10: reminders.rungs[0]: thinning needs every and times"),
    (
        "at: due",
        "at: due, every: 1 workday, times: 3, thinning: rarer",
        '10: reminders.rungs[0].thinning: must be true or false, not "rarer"',
    ),
    ("at: due", "at: due, times: twice", '10: reminders.rungs[0].times: must be a whole number, not "twice"'),
    (
        "  rungs:",
        "  window: {from: 18:00, to: 08:30}\n  rungs:",
        "9: reminders.window: from 18:00 is not before to 08:30",
    ),
    (
        "  rungs:",
        "  window: {from: 24:00}\n  rungs:",
        '9: reminders.window.from: cannot read "24:00"; write a time of day like "08:30"',
    ),
    (
        "{code: members, title",
        "{code: members, kind: sum, title",
        '12: figures[0].kind: must be one of count, amount, not "sum"',
    ),
    (
        "{code: members, title",
        "{code: members, minimum: 5, maximum: 1, title",
        "12: figures[0]: minimum 5 is over maximum 1",
    ),
    ("opens: wave", "opens: after mobilization", "15: stages[0].opens: mobilization waits for itself"),
    (
        "opens: wave",
        "opens: after study",
        "15: stages[0].opens: waits in a circle: mobilization > study|21: stages[1].opens: waits in a circle",
    ),
    (
        "after mobilization",
        "after preparation",
        "21: stages[1].opens: waits for a stage preparation that is not there (there are: mobilization, study)",
    ),
    ("lasts: 20 days", "", "20: stages[1].lasts: is missing"),
    (
        "lasts: 20 days",
        "lasts: 0 days",
        '22: stages[1].lasts: cannot read "0 days"',
    ),
    (
        "lasts: 20 days",
        "lasts: 20 days\n    lasts: 0 days",
        "23: stages[1].lasts: is given twice, first on line 22",
    ),
    (
        "code: study",
        "code: mobilization",
        "20: stages[1].code: there is a stage mobilization already|21: stages[1].opens: mobilization waits",
    ),
    ("done: 95%", "done: 105%", "17: stages[0].gate.done: 105% is more than 100%"),
    ("done: 95%", "done: 95", "17: stages[0].gate.done: 95 is more than 100%"),
    ("done: 95%", "done: most", '17: stages[0].gate.done: cannot read "most"; write it like "95%" or "0.95"'),
    ("done: 95%", "approval: perhaps", '17: stages[0].gate.approval: must be true or false, not "perhaps"'),
    ("done: 95%", "otherwise: wait", '17: stages[0].gate.otherwise: must be one of hold, close, not "wait"'),
    (
        "done: 95%",
        "solved: 60%",
        "14: stages[0]: gate.solved is for a rectification stage, and mobilization is mobilization",
    ),
    ("gate: {done: 95%}", "gate:", "17: stages[0].gate: must be a mapping, keys with values"),
    (
        "due: close",
        "due: later",
        '24: stages[1].tasks[0].due: cannot read "later"',
    ),
    ("- {code: lecture, title: Lecture, due: close}", "", "23: stages[1].tasks: must be a list"),
    (
        "due: close}",
        "due: close}\n      - {code: lecture, title: Again, due: close}",
        "25: stages[1].tasks[1].code: there is a task lecture already",
    ),
    (
        "[members, visitors]",
        "[members, members]",
        "19: stages[0].tasks[0].figures[1]: the task asks for members twice",
    ),
    (
        "[members, visitors]",
        "[{code: members, kind: amount}]",
        "19: stages[0].tasks[0].figures[0]: members is of the kind amount here and count elsewhere",
    ),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_a_fault_is_told_with_its_line_and_key(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found, expected = faults_of(saved(tmp_path, spoiled(old, new))), [f"small.yaml:{said}" for said in fault.split("|")]
    assert [line[: len(said)] for line, said in zip(found, expected, strict=True)] == expected


def test_all_faults_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = (
        SMALL.replace("done: 95%", "done: 105%")
        .replace("after mobilization", "after study")
        .replace("calendar: CN", "calendar: CN\nstage: 1")
        .replace("zh: 小", "zh: 小, zh: 大")
    )
    assert faults_of(saved(tmp_path, text)) == [
        "small.yaml:2: title.zh: is given twice, first on line 2",
        'small.yaml:5: stage: unknown key; did you mean "stages"?',
        "small.yaml:18: stages[0].gate.done: 105% is more than 100%",
        "small.yaml:22: stages[1].opens: study waits for itself",
    ]


def test_a_stage_that_waits_for_one_further_down_is_told_to_stand_behind_it(tmp_path: Path) -> None:
    text = SMALL.replace("opens: wave", "opens: after study").replace("opens: after mobilization", "opens: wave")
    assert faults_of(saved(tmp_path, text)) == [
        "small.yaml:15: stages[0].opens: waits for study, which stands further down; put that stage first"
    ]
