"""What serve tells of itself."""

import pytest

from config.said import Said
from config.vocabulary import Language
from serving.progress import Teller


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.EN, ["starting the pages", "more in web.log", "  as it stands"]),
        (Language.ZH, ["正在启动网页", "详见 web.log", "  as it stands"]),
    ],
)
def test_sentences_are_told_in_the_language_of_the_settings(language: Language, told: list[str]) -> None:
    heard: list[str] = []
    teller = Teller(heard.append, language)
    with teller.waiting(Said("starting the pages")):
        teller.tell(Said("more in {file}", file="web.log"))
    teller.echo("  as it stands")
    assert heard == told
