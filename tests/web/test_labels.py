"""What was typed, when it is shown again: by the names that the form had for it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.vocabulary import Language
from tests.factories import a_running_house
from web.asked import asked_at
from web.labels import Shown, shown_fields


@pytest.mark.parametrize(
    ("name", "typed", "zh", "en"),
    [
        ("note", "x <b>", Shown("备注", "x <b>"), Shown("Note", "x <b>")),
        ("role", "viewer", Shown("角色", "只读"), Shown("Role", "viewer")),
        ("status", "disabled", Shown("状态", "停用"), Shown("Status", "disabled")),
        ("language", "zh", Shown("语言", "中文"), Shown("Language", "中文")),
        ("figure-talks", "4", Shown("talks", "4"), Shown("talks", "4")),
        ("on_doubt", "hold", Shown("结果不明时", "待人工处理"), Shown("When in doubt", "wait for a person")),
        ("on_doubt", "made up", Shown("结果不明时", "made up"), Shown("When in doubt", "made up")),
        ("scope-read", "yes", Shown("读取", "是"), Shown("read", "yes")),
        ("first", "2009-09-20", Shown("首日", "2009-09-20"), Shown("First day", "2009-09-20")),
        ("made_up", "x", Shown("made up", "x"), Shown("made up", "x")),
    ],
)
def test_a_field_is_called_what_its_form_calls_it(name: str, typed: str, zh: Shown, en: Shown) -> None:
    assert shown_fields([(name, typed)], Language.ZH) == (zh,)
    assert shown_fields([(name, typed)], Language.EN) == (en,)


def test_what_is_empty_or_a_mark_of_ours_is_not_shown() -> None:
    assert shown_fields([("note", " "), ("seen", "1"), ("back", "list"), ("previewed", "a")], Language.EN) == ()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("address", "typed", "zh", "en"),
    [
        ("/campaigns/trial/ledgers/visits/1", ("way", "lecture"), "辅导讲课", "lecture given"),
        ("/campaigns/trial/ledgers/exemplars", ("story_published", "true"), "是", "yes"),
        ("/campaigns/trial/windows/mobilization/pilot/extend", ("task", "survey"), "摸底", "Survey"),
        ("/campaigns/trial/windows/mobilization/pilot/extend", ("everywhere", "yes"), "是", "yes"),
        ("/campaigns/trial/returns/mobilization/U1/correct", ("task", "gone"), "gone", "gone"),
        ("/people", ("role", "liaison"), "联络员", "liaison"),
        ("/users", ("role", "viewer"), "只读", "viewer"),
        ("/campaigns/nosuch/windows/a/b/extend", ("task", "survey"), "survey", "survey"),
    ],
)
def test_what_was_chosen_is_said_in_words(
    engine: Engine, tmp_path: Path, address: str, typed: tuple[str, str], zh: str, en: str
) -> None:
    asked = asked_at(a_running_house(engine, tmp_path / "home"), address)
    for language, words in ((Language.ZH, zh), (Language.EN, en)):
        (shown,) = shown_fields([typed], language, asked.titles, asked.choices)
        assert shown.value == words
