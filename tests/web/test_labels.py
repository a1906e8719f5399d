"""What was typed, when it is shown again: by the names that the form had for it."""

import pytest

from config.vocabulary import Language
from web.labels import Shown, shown_fields


@pytest.mark.parametrize(
    ("name", "typed", "zh", "en"),
    [
        ("note", "x <b>", Shown("备注", "x <b>"), Shown("Note", "x <b>")),
        ("role", "viewer", Shown("角色", "只读"), Shown("Role", "viewer")),
        ("status", "disabled", Shown("状态", "停用"), Shown("Status", "disabled")),
        ("language", "zh", Shown("语言", "中文"), Shown("Language", "中文")),
        ("figure-talks", "4", Shown("talks", "4"), Shown("talks", "4")),
        ("made_up", "x", Shown("made up", "x"), Shown("made up", "x")),
    ],
)
def test_a_field_is_called_what_its_form_calls_it(name: str, typed: str, zh: Shown, en: Shown) -> None:
    assert shown_fields([(name, typed)], Language.ZH) == (zh,)
    assert shown_fields([(name, typed)], Language.EN) == (en,)


def test_what_is_empty_or_a_mark_of_ours_is_not_shown() -> None:
    assert shown_fields([("note", " "), ("seen", "1"), ("back", "list"), ("previewed", "a")], Language.EN) == ()
