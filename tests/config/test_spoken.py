"""The vocabulary is said whole, in Chinese and in plain English."""

import re
from enum import StrEnum

import pytest

from config import vocabulary
from config.plain_english import IN_ENGLISH
from config.spoken import IN_CHINESE, say, spell_out
from config.vocabulary import (
    BranchKind,
    DayUnit,
    Dialect,
    DueAnchor,
    EventKind,
    FileFormat,
    HandedTo,
    Language,
    NoticeStatus,
    OpeningAnchor,
    OpenWork,
    Outcome,
    Period,
    Relation,
    SendDays,
    ServeRole,
    StepKind,
)

WORDS_OF_FILES = {
    *(DayUnit, Dialect, DueAnchor, FileFormat, HandedTo, Language, OpeningAnchor, Period, Relation, SendDays, ServeRole)
}
"""Words that people meet only where they write them, in files, addresses and commands, and there as they are."""
SAID_IN_SENTENCES = {OpenWork, StepKind}
"""Words for each of which a page has a sentence of its own."""
PLAIN = re.compile(r"[a-z]+('s)?( [a-z]+)*")

SHOWN = sorted(
    {words for words in vars(vocabulary).values() if isinstance(words, type) and issubclass(words, StrEnum)}
    - {StrEnum, *WORDS_OF_FILES, *SAID_IN_SENTENCES},
    key=lambda words: words.__name__,
)


@pytest.mark.parametrize("words", SHOWN, ids=lambda words: words.__name__)
def test_every_vocabulary_that_people_are_shown_is_said_whole_in_chinese(words: type[StrEnum]) -> None:
    assert set(IN_CHINESE[words]) == set(words)


@pytest.mark.parametrize("words", SHOWN, ids=lambda words: words.__name__)
def test_every_vocabulary_that_people_are_shown_is_said_in_plain_english(words: type[StrEnum]) -> None:
    said = [spell_out(word, Language.EN) for word in words]
    assert [word for word in said if not PLAIN.fullmatch(word)] == []
    assert len(set(said)) == len(said), "two that cannot be told apart"


@pytest.mark.parametrize("words", IN_ENGLISH, ids=lambda words: words.__name__)
def test_a_vocabulary_with_english_words_of_its_own_has_them_whole(words: type[StrEnum]) -> None:
    assert set(IN_ENGLISH[words]) == set(words)


def test_a_word_is_said_by_its_own_vocabulary_and_otherwise_as_it_is_stored() -> None:
    assert say(NoticeStatus.DEAD, Language.ZH) == "发送失败"
    assert say(Outcome.PERMANENT, Language.EN) == "permanent"


def test_a_page_says_in_plain_english_what_a_terminal_says_as_it_is_stored() -> None:
    for word, stored, plain in (
        (EventKind.ASSIGNMENT_COMPLETED, "assignment.completed", "task completed"),
        (BranchKind.JOINT_BRANCH, "joint_branch", "joint branch"),
        (NoticeStatus.DEAD, "dead", "dead"),
    ):
        assert (say(word, Language.EN), spell_out(word, Language.EN)) == (stored, plain)
        assert say(word, Language.ZH) == spell_out(word, Language.ZH)
