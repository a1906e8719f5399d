"""The templates' engine: strict about what is there, and closed to what is behind it."""

import shutil
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader, StrictUndefined, UndefinedError
from jinja2.exceptions import SecurityError

from config.vocabulary import Dialect, Language
from notifications.contents.unreadable import Unreadable
from notifications.writing import rendering
from notifications.writing.messages import render_notice
from notifications.writing.words import Words
from tests.notifications.digests import digest_naming, speaking


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


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ nothing }}", "UndefinedError: 'nothing' is undefined"),
        ("{{ digest.nothing }}", "UndefinedError: "),
        ("{{ ''.__class__ }}", "SecurityError: access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ digest.__init__.__globals__ }}", "SecurityError: "),
        ("{{ heading.__class__ }}", "SecurityError: "),
        ("{{ link_to.__globals__ }}", "SecurityError: "),
        ("{% include '../zh/digest.txt.j2' %}", "TemplateNotFound: "),
        ("{% include '/etc/passwd' %}", "TemplateNotFound: "),
        ("{{ item", "TemplateSyntaxError: "),
    ],
)
@pytest.mark.parametrize("dialect", [Dialect.TEXT, Dialect.SHORT, Dialect.MAIL])
def test_a_faulty_template_makes_a_notice_unreadable_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, says: str, dialect: Dialect
) -> None:
    shutil.copytree(rendering.TEMPLATES, tmp_path / "templates")
    (tmp_path / "templates" / "en" / "digest.txt.j2").write_text(template)
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path / "templates")
    rendering._environment.cache_clear()
    found = render_notice(digest_naming("secret", Language.EN), speaking(dialect))
    rendering._environment.cache_clear()
    assert isinstance(found, Unreadable)
    assert found.reason.startswith(f"cannot be written: {says}")
    assert "\n" not in found.reason
    assert "secret" not in found.reason


def test_a_template_is_one_of_the_products_own() -> None:
    loader = rendering._environment(Language.ZH, False).loader
    assert isinstance(loader, FileSystemLoader)
    assert loader.searchpath == [str(Path(rendering.__file__).parent / "templates" / "zh")]


def test_what_people_write_is_no_template() -> None:
    words = render_notice(digest_naming("{{ ''.__class__ }}{% raw %}{# x #}"), speaking(Dialect.TEXT))
    assert isinstance(words, Words)
    assert "{{ ''.__class__ }}{% raw %}{# x #}" in words.body


def test_both_languages_have_the_same_templates() -> None:
    names = [{file.name for file in (rendering.TEMPLATES / language).iterdir()} for language in Language]
    assert names[0] == names[1]
    assert {file.name for file in Path(rendering.TEMPLATES).iterdir()} == set(Language)
    assert rendering._environment(Language.ZH, False).undefined is StrictUndefined
