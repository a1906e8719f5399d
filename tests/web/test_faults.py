"""What is wrong in a file that people write is said to them in their language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.calendars import load_calendar
from config.definition.file import load_definition
from config.errors import CalendarFileError, CampaignFileError
from config.foreign import CSV_PROBLEMS, YAML_PROBLEMS
from config.registry import read_registry
from config.said import Said
from config.sheets import SheetFileError
from config.translation import say_fault, say_refusal, say_sentence, translations
from config.vocabulary import Language
from rules.schedule import find_faults, find_warnings
from tests.config.campaigns import saved, spoiled
from tests.config.test_campaign_faults import FAULTS
from tests.config.test_registry import BAD_FILES
from tests.config.test_registry_rejections import BAD_CELLS
from tests.registries import CITY, FULL, Line, sheet_of
from tests.registries import saved as saved_sheet
from tests.rules.factories import campaign, stage

WORD = re.compile(r"[A-Za-z]{2}")
PLACE = re.compile(r"\{[^}]*\}")

WHOLE = {
    "code": "whole",
    "title": {"zh": "全", "en": "Whole"},
    "timezone": "Asia/Shanghai",
    "calendar": "CN",
    "waves": [{"code": "all", "starts": "2009-09-07", "units": ["安国市"]}],
    "reminders": {
        "window": {"days": "working", "from": "08:30", "to": "18:00"},
        "rungs": [{"at": "due", "to": ["liaison"], "every": "5 workdays", "times": "3", "thinning": "true"}],
    },
    "figures": [{"code": "members", "kind": "count", "minimum": "0", "maximum": "9", "required": "true"}],
    "stages": [
        {
            "code": "rectification",
            "kind": "rectification",
            "opens": "wave",
            "lasts": "20 days",
            "guidance": "Mend",
            "check_points": ["Mended"],
            "gate": {"done": "95%", "solved": "60%", "approval": "true", "otherwise": "hold"},
            "tasks": [{"code": "plan", "title": "Plan", "due": "close", "figures": ["members"], "evidence": "true"}],
        }
    ],
}
"""A campaign that has every key there is."""

ODD = {
    "nothing": None,
    "empty": "",
    "no number": "nan",
    "without end": "inf",
    "negative": "-1",
    "a fraction": "1.5",
    "more digits than are parsed": "9" * 5000,
    "long": "字" * 5000,
    "a list": ["x"],
    "an empty list": [],
    "a mapping": {"x": "y"},
    "a list of mappings": [{"x": "y"}],
}


def untranslated(said: Said) -> list[str]:
    """The sentences in it, those in its places included, that are in English alone."""
    chinese = translations(Language.ZH).gettext(said.sentence)
    own = [said.sentence] if chinese == said.sentence and WORD.search(PLACE.sub("", said.sentence)) else []
    return own + [words for value in said.values.values() if isinstance(value, Said) for words in untranslated(value)]


def places_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from places_in(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from places_in(inner, (*path, position))


def put(value: Any, path: Sequence[str | int], odd: Any) -> Any:
    """Give a copy of a value with something odd in one of its places."""
    if not path:
        return odd
    copied = value.copy()
    copied[path[0]] = put(value[path[0]], path[1:], odd)
    return copied


def refused(file: Path) -> CampaignFileError | None:
    try:
        load_definition(file)
    except CampaignFileError as error:
        return error
    return None


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_every_fault_of_a_campaign_file_is_said_in_both_languages(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    error = refused(saved(tmp_path, spoiled(old, new)))
    assert error is not None, fault
    for found in error.faults:
        assert say_fault(found, Language.EN) == found.message
        assert untranslated(found.message) == []
        assert say_fault(found, Language.ZH) != found.message


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_stands_in_a_campaign_file_the_reader_is_told_in_chinese(tmp_path: Path, odd: Any) -> None:
    found = [
        fault.message
        for path in places_in(WHOLE)
        if (error := refused(saved(tmp_path, yaml.safe_dump(put(WHOLE, path, odd), allow_unicode=True))))
        for fault in error.faults
    ]
    assert found
    assert {words for said in found for words in untranslated(said)} == set()


def test_the_words_and_nouns_of_a_fault_are_translated_and_what_it_quotes_is_not(tmp_path: Path) -> None:
    error = refused(saved(tmp_path, spoiled("{code: main, starts: 2009-09-14}", "{code: pilot, starts: soon}")))
    assert error is not None
    assert [say_fault(fault, Language.ZH) for fault in error.faults] == [
        "已有批次 pilot",
        '无法识别“soon”；请写成 "2009-09-07", "launch" 或 "55 workdays before launch" 的形式',
    ]


def test_a_faulty_file_is_refused_with_a_line_for_each_fault(tmp_path: Path) -> None:
    file = saved(tmp_path, spoiled("done: 95%", "done: 105%, otherwise: wait"))
    error = refused(file)
    assert error is not None
    assert say_refusal(error, Language.EN) == str(error)
    assert say_refusal(error, Language.ZH) == (
        f"{file}:17: stages[0].gate.done: 105% 超过 100%\n"
        f"{file}:17: stages[0].gate.otherwise: 须为 hold, close 之一，不能是“wait”"
    )


def test_a_fault_that_quotes_much_stays_one_short_line_in_every_language(tmp_path: Path) -> None:
    error = refused(saved(tmp_path, spoiled("at: due", f'at: "{"soon " * 200}"')))
    assert error is not None
    for language in Language:
        said = say_fault(error.faults[0], language)
        assert len(said) == 302
        assert said.endswith(" …")


BROKEN_YAML = {
    "a colon too many": "code: a\ntitle: b: c\n",
    "a colon too few": "code: a\ntitle\nwaves: []\n",
    "a bracket left open": "code: a\ntitle: {zh: b\n",
    "a list left open": "code: a\ntitle: [b\nc: d\n",
    "a quote left open": 'code: a\ntitle: "b\n',
    "a tab": "code: a\n\ttitle: b\n",
    "a tab before a list": "code: a\nwaves:\n\t- code: b\n",
    "an indent too far": "code: a\n  title: b\n",
    "a list where keys are": "code: a\n- title\n",
    "keys where a list is": "waves:\n  - code: a\n  title: b\n",
    "an escape": 'code: "\\y"\n',
    "a character kept free": "code: @a\n",
    "a tag": "code: !x!y a\n",
    "an alias without a name": "code: * a\n",
    "a directive": "%FOO\n---\ncode: a\n",
    "of another version": "%YAML 9.9\n---\ncode: a\n",
    "text after the end": "code: a\n...\nb\n---\n",
    "a block without a line": "code: |x\n  a\n",
}


@pytest.mark.parametrize("text", BROKEN_YAML.values(), ids=BROKEN_YAML)
def test_what_the_parser_of_yaml_says_is_translated(tmp_path: Path, text: str) -> None:
    error = refused(saved(tmp_path, text))
    assert error is not None
    assert untranslated(error.faults[0].message) == []


def test_what_parsers_say_is_marked_to_be_translated() -> None:
    assert [words for said in (*YAML_PROBLEMS, *CSV_PROBLEMS) for words in untranslated(said)] == []


@pytest.mark.parametrize(("change", "column", "value", "reason"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_why_a_cell_of_a_registry_is_rejected_is_said_in_both_languages(
    tmp_path: Path, change: Line, column: str, value: str, reason: str
) -> None:
    rejected = read_registry(saved_sheet(tmp_path / "registry.csv", sheet_of(CITY, FULL | change))).rejected
    assert rejected, (column, value, reason)
    for cell in rejected:
        assert say_sentence(cell.reason, Language.EN) == cell.reason
        assert untranslated(cell.reason) == []


@pytest.mark.parametrize(("data", "line", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_why_a_registry_cannot_be_read_is_said_in_chinese(
    tmp_path: Path, data: bytes, line: int | None, message: str
) -> None:
    file = tmp_path / "registry.csv"
    file.write_bytes(data)
    with pytest.raises(SheetFileError) as error:
        read_registry(file)
    assert [(fault.line, untranslated(fault.message)) for fault in error.value.faults] == [(line, [])], message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("off: 2027-02-14\nday: x", "须为日期列表，例如 [2027-02-14]", id="no list"),
        pytest.param("off: [soon]", "无法识别“soon”；日期请写成 2027-02-14 的形式", id="no day"),
        pytest.param("off: [2027-02-30]", "2027-02-30 不是有效的日期", id="no day of any year"),
        pytest.param("off: [1999-12-31]", "1999-12-31 超出日历的范围（2000-01-01 至 2049-12-31）", id="out of range"),
        pytest.param("off: [2027-02-14, 2027-02-14]", "2027-02-14 重复", id="twice"),
    ],
)
def test_a_fault_among_an_operators_own_days_is_said_in_chinese(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "CN.yaml").write_text(text)
    with pytest.raises(CalendarFileError) as error:
        load_calendar("CN", tmp_path)
    assert say_fault(error.value.faults[0], Language.ZH) == said


def wave(starts: str) -> dict[str, str]:
    return {"code": "all", "starts": starts}


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        pytest.param(
            {"stages": [stage("mobilization", "2009-09-28")]},
            "“2009-09-28”落在 2009-09-28，晚于计划结束之日："
            "批次 all 的阶段 mobilization 的窗口为 2009-09-07 至 2009-09-24",
            id="after the close",
        ),
        pytest.param(
            {"stages": [stage("mobilization", "2009-09-01")]},
            "“2009-09-01”落在 2009-09-01，早于窗口开启之日："
            "批次 all 的阶段 mobilization 的窗口为 2009-09-07 至 2009-09-24",
            id="before the opening",
        ),
        pytest.param(
            {"waves": [wave("1009-09-07")]},
            "1009-09-07 超出日历 CN 的范围（2000-01-01 至 2049-12-31）",
            id="a wave outside the calendar",
        ),
        pytest.param(
            {"stages": [stage("mobilization", "9999 workdays before close")]},
            "日历 CN 的范围为 2000-01-01 至 2049-12-31；从 2009-09-24 起算会超出范围",
            id="a rule that leaves the calendar",
        ),
    ],
)
def test_what_cannot_be_kept_as_planned_is_said_in_chinese(plan: dict[str, Any], said: str) -> None:
    planned = campaign(**{"waves": [wave("2009-09-07")], **plan})
    ((_, message),) = find_faults(planned, load_calendar("CN"))
    assert say_sentence(message, Language.ZH) == said


def test_a_warning_is_said_in_chinese() -> None:
    ((_, message),) = find_warnings(campaign(stage("study", "close"), waves=[wave("2027-01-04")]), load_calendar("CN"))
    assert say_sentence(message, Language.ZH) == (
        "1 个期限中有 1 个可能变动：最早的一个在 2027-01-21，而日历 CN 只确认到 2026-12-31"
    )
