"""The templates' engine: strict about what is there, and closed to what is behind it."""

from pathlib import Path

import pytest
from jinja2 import StrictUndefined, UndefinedError
from jinja2.exceptions import SecurityError

from config.vocabulary import Language
from notifications import rendering


@pytest.fixture(params=["txt", "md"])
def environment(request: pytest.FixtureRequest) -> object:
    return rendering._environment(Language.EN, request.param == "md")


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ nothing }}", UndefinedError),
        ("{{ day.nothing }}", UndefinedError),
        ("{{ day.__class__.__mro__ }}", SecurityError),
        ("{{ ().__class__.__bases__[0].__subclasses__() }}", SecurityError),
        ("{{ facts.append(1) }}", SecurityError),
        ("{{ '{0.__class__}'.format(day) }}", SecurityError),
    ],
)
def test_a_template_reaches_only_what_it_is_given(environment: object, template: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        environment.from_string(template).render(day=1, facts=[])  # type: ignore[attr-defined]


def test_both_languages_have_the_same_templates() -> None:
    names = [{file.name for file in (rendering.TEMPLATES / language).iterdir()} for language in Language]
    assert names[0] == names[1]
    assert {file.name for file in Path(rendering.TEMPLATES).iterdir()} == set(Language)
    assert rendering._environment(Language.ZH, False).undefined is StrictUndefined
