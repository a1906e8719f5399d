"""What pages say is said in Chinese too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from config.errors import Refusal, Unknown
from config.said import Said
from config.translation import LOCALES, say_refusal, say_word
from config.vocabulary import EventKind, Language, NoticeStatus
from web.language import choose_language

ROOT = Path(__file__).parents[2]
ROOMS = ("cli", "serving", "simulation", "web", "actions", "models", "rules", "notifications", "config")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
REFUSALS = {"Refusal", "Unknown", "Forbidden", "Stale", "TooOften", "Lapsed"}
SENTENCES = REFUSALS | {"NoEvidence", "MissingFigure", "WrongFigures", "WrongValue", "Said"}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None} | dict.fromkeys(SENTENCES)


def said() -> set[str]:
    """Every text that a page may show, in English."""
    found = set()
    for room in ROOMS:
        for _, _, message, _, _ in extract_from_dir(ROOT / room, METHODS, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found


def calls_of_sentences() -> Iterator[tuple[str, ast.Call]]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SENTENCES:
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def is_said(words: str | tuple[str, ...]) -> bool:
    """Whether a translation is there, in each of its plurals."""
    return all(words) if isinstance(words, tuple) else bool(words)


def test_everything_that_pages_say_is_said_in_chinese() -> None:
    with (LOCALES / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    chinese = {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue}
    missing = {words for words in said() if words not in chinese or not is_said(chinese[words].string)}
    assert sorted(missing) == []


def test_a_translation_has_the_places_that_its_sentence_has() -> None:
    with (LOCALES / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    wrong = {str(message.id): [str(error) for error in message.check(catalogue)] for message in catalogue if message.id}
    assert {words: errors for words, errors in wrong.items() if errors} == {}


def test_what_is_said_is_made_of_a_sentence_and_what_stands_in_it() -> None:
    composed = [place for place, call in calls_of_sentences() if call.args and isinstance(call.args[0], ast.JoinedStr)]
    assert composed == []


def test_a_refusal_is_translated_before_its_values_are_put_in() -> None:
    refusal = Unknown("branch {code}: not in the registry", code="{x} %s")
    assert say_refusal(refusal, Language.EN) == str(refusal) == "branch {x} %s: not in the registry"
    assert say_refusal(refusal, Language.ZH) == "支部 {x} %s：名册中没有"
    assert say_refusal(Refusal("100% {as it is}"), Language.ZH) == "100% {as it is}"


def test_pages_say_words_and_sentences_alike() -> None:
    assert say_word(EventKind.ASSIGNMENT_COMPLETED, Language.EN) == "task completed"
    assert say_word(EventKind.ASSIGNMENT_COMPLETED, Language.ZH) == "办结任务"
    assert say_word(Said("is empty"), Language.EN) == "is empty"
    assert say_word(Said("is empty"), Language.ZH) == "是空的"


def test_a_word_of_the_vocabulary_in_a_refusal_is_said_in_the_readers_language() -> None:
    refusal = Refusal(
        "notice {number}: it is {status}; only dead and held notices can go again", number=7, status=NoticeStatus.SENT
    )
    assert say_refusal(refusal, Language.EN) == "notice 7: it is sent; only dead and held notices can go again"
    assert say_refusal(refusal, Language.ZH) == "通知 7：状态为 已发送；只有发送失败和待人工处理的通知可以重发"


def test_a_hint_for_the_terminal_is_not_shown_in_pages() -> None:
    refusal = Refusal("notice {number}: gone", hint="`rollcall notices retry {number}` helps", number=7)
    assert str(refusal) == "notice 7: gone; `rollcall notices retry 7` helps"
    assert say_refusal(refusal, Language.EN) == "notice 7: gone"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("en-GB,en;q=0.8", Language.EN),
        ("fr, en;q=0.5, zh-CN;q=0.9", Language.ZH),
        ("en;q=0, zh", Language.ZH),
        ("fr", Language.ZH),
        ("", Language.ZH),
        (None, Language.ZH),
        ("en;q=high", Language.ZH),
    ],
)
def test_the_language_is_the_first_of_the_browsers_that_there_is(accepted: str | None, chosen: Language) -> None:
    assert choose_language(accepted, Language.ZH) is chosen
