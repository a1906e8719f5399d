"""The vocabulary is said in Chinese, whole."""

from enum import StrEnum

import pytest

from config.spoken import IN_CHINESE, say
from config.vocabulary import Language, NoticeStatus, Outcome


@pytest.mark.parametrize("words", IN_CHINESE, ids=lambda words: words.__name__)
def test_a_vocabulary_that_is_said_in_chinese_is_said_whole(words: type[StrEnum]) -> None:
    assert set(IN_CHINESE[words]) == set(words)


def test_a_word_is_said_by_its_own_vocabulary_and_otherwise_as_it_is_stored() -> None:
    assert say(NoticeStatus.DEAD, Language.ZH) == "发送失败"
    assert say(Outcome.PERMANENT, Language.EN) == "permanent"
