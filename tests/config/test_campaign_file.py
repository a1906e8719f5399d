"""Campaign files: found, read with their lines, extended, and refused when they are none."""

from pathlib import Path

import pytest

from config.definition.file import find_campaign, load_definition, ready_campaigns
from config.errors import CampaignFileError, Refusal
from config.said import Said
from config.vocabulary import Language
from tests.config.campaigns import SMALL, faults_of, saved, spoiled


def test_a_campaign_is_read_and_remembers_its_lines(tmp_path: Path) -> None:
    file = saved(tmp_path, SMALL)
    loaded = load_definition(file)
    assert [stage.code for stage in loaded.definition.stages] == ["mobilization", "study"]
    assert loaded.definition.title.of(Language.EN) == "Small"
    lines = {
        ("code",): 1,
        ("waves",): 5,
        ("waves", 1): 7,
        ("waves", 1, "starts"): 7,
        ("stages", 0, "gate", "done"): 17,
        ("stages", 0, "gate", "approval"): 17,
        ("stages", 1, "tasks", 0, "due"): 24,
        ("stages", 1, "guidance"): 20,
    }
    assert {path: loaded.source.line(path) for path in lines} == {p: (str(file), line) for p, line in lines.items()}
    fault = loaded.source.fault(("stages", 1, "tasks", 0, "due"), Said("lands\ntoo late"))
    assert str(fault) == f"{file}:24: stages[1].tasks[0].due: lands too late"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", "small.yaml: is empty", id="nothing"),
        pytest.param(b"# to be written\n---\n", "small.yaml: is empty", id="a comment alone"),
        pytest.param(b"- code: small\n", "small.yaml:1: must be a mapping, keys with values", id="a list"),
        pytest.param(b"campaign", "small.yaml:1: must be a mapping, keys with values", id="a word"),
        pytest.param(b"code: a\ntitle: {zh: b\n", "small.yaml:3: is not valid YAML: ", id="a bracket left open"),
        pytest.param(
            b"code: a\ntitle: b: c\n", "small.yaml:2: is not valid YAML: mapping values are not", id="two colons"
        ),
        pytest.param(b"code: a\n\ttitle: b\n", "small.yaml:2: is not valid YAML: ", id="a tab"),
        pytest.param(b"code: a\n---\ncode: b\n", "small.yaml:2: has a second document", id="two documents"),
        pytest.param(b"code: a\n? [b]\n: c\n", "small.yaml:2: has a key that is no plain text", id="a list as key"),
        pytest.param(b"code: a\nx: " + b"[" * 5000, "small.yaml:2: nests too deeply", id="nested without end"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "small.yaml: is not a text file", id="a picture"),
        pytest.param(b"code: a\ntitle: \x1b[31m\n", "small.yaml:2: has a control character (U+001B)", id="an escape"),
        pytest.param(b"code: a\n" + b"#" * 1024 * 1024, "small.yaml: is larger than 1024 KiB", id="too large"),
        pytest.param(
            "code: small\ntitle: 保定市\n".encode("gb18030"),
            "small.yaml:2: is not in UTF-8; save the file in that encoding",
            id="GB18030",
        ),
        pytest.param(SMALL.encode("utf-16"), "small.yaml: is not a text file", id="UTF-16"),
    ],
)
def test_a_file_that_is_no_campaign_at_all_is_refused_in_one_line(tmp_path: Path, content: bytes, fault: str) -> None:
    (line,) = faults_of(saved(tmp_path, content))
    assert line.startswith(fault)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("title: Survey", "title: !!python/name:os.system Survey", "19: stages[0].tasks[0].title: tags such as !!str"),
        ("title: Lecture", "title: *name", "24: stages[1].tasks[0].title: aliases such as *name are not accepted"),
    ],
    ids=["a tag", "an alias"],
)
def test_yaml_that_means_more_than_it_says_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = spoiled(old, new).replace("code: small", "code: &name small")
    assert faults_of(saved(tmp_path, text))[0].startswith(f"small.yaml:{fault}")


def test_a_file_saved_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    file = saved(tmp_path, b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_definition(file).definition.code == "small"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.yaml", "cannot be read: there is no such file"), (".", "cannot be read: Is a directory")],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(CampaignFileError) as refused:
        load_definition(tmp_path / name)
    assert str(refused.value) == f"{tmp_path / name}: {reason}"


def test_numbers_words_and_times_stay_what_people_wrote(tmp_path: Path) -> None:
    text = (
        spoiled("[安国市]", "[007, 130683, no]")
        .replace("code: main", "code: 2")
        .replace("  rungs:", "  window: {from: 9:00, to: 18:00}\n  rungs:")
    )
    definition = load_definition(saved(tmp_path, text)).definition
    assert definition.wave("pilot").units == ("007", "130683", "no")
    assert definition.wave("2").starts.day is not None
    assert definition.reminders.window.to.hour == 18


def test_what_extends_a_campaign_takes_its_place_key_by_key(tmp_path: Path) -> None:
    base = saved(tmp_path, SMALL)
    file = saved(tmp_path, "extends: small.yaml\ncode: other\nwaves:\n  - {code: all, starts: launch}\n", "other.yaml")
    loaded = load_definition(file)
    assert loaded.definition.code == "other"
    assert loaded.definition.stages == load_definition(base).definition.stages
    assert loaded.source.line(("waves", 0, "starts")) == (str(file), 4)
    assert loaded.source.line(("stages", 1)) == (str(base), 20)


def test_a_ready_campaign_can_be_extended_by_its_code(tmp_path: Path) -> None:
    loaded = load_definition(saved(tmp_path, "extends: baoding-2009\ncode: mine\n"))
    assert loaded.definition.stages == load_definition(find_campaign("baoding-2009")).definition.stages


def test_a_fault_in_what_is_extended_is_told_in_its_own_file(tmp_path: Path) -> None:
    saved(tmp_path, spoiled("done: 95%", "done: 105%"))
    file = saved(tmp_path, "extends: small.yaml\ncode: Other\n", "other.yaml")
    assert faults_of(file) == [
        'other.yaml:2: code: "Other" is no code: lower-case letters, digits, - and _, at most 40',
        "small.yaml:17: stages[0].gate.done: 105% is more than 100%",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "code: a\nextends: nothing",
            'a.yaml:2: extends: "nothing" is neither a file beside this one nor a ready campaign',
        ),
        ("code: a\nextends: [b.yaml]", "a.yaml:2: extends: \"['b.yaml']\" is neither"),
        ("code: a\nextends: a.yaml", "a.yaml:2: extends: a.yaml extends this campaign in turn, in a circle"),
        ("code: a\nextends: b.yaml", "b.yaml:1: extends: a.yaml extends this campaign in turn, in a circle"),
        ("extends: small.yaml", "a.yaml:1: extends: needs a code beside it"),
    ],
    ids=["nothing there", "no name", "itself", "in a circle", "without a code of its own"],
)
def test_what_cannot_be_extended_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    saved(tmp_path, SMALL)
    saved(tmp_path, "extends: a.yaml\ncode: b", "b.yaml")
    (line,) = faults_of(saved(tmp_path, text, "a.yaml"))
    assert line.startswith(fault)


def test_a_campaign_is_found_by_its_code_or_by_its_path(tmp_path: Path) -> None:
    file = saved(tmp_path, SMALL)
    assert find_campaign("baoding-2009").name == "baoding-2009.yaml"
    assert find_campaign(str(file)) == file
    with pytest.raises(Refusal, match="there is no such file, and no ready campaign of that name") as refused:
        find_campaign("nanjing-2009")
    assert all(code in str(refused.value) for code in ready_campaigns())
