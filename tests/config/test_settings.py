"""Settings of an installation, and its home."""

from pathlib import Path

import pytest

from config.errors import Refusal
from config.settings import Settings, SingleSignOn, prepare_home
from config.vocabulary import Language


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("HOME", str(tmp_path))
    return monkeypatch


def test_an_empty_environment_is_enough(tmp_path: Path) -> None:
    settings = Settings.load()
    assert settings.home == tmp_path / ".rollcall"
    assert settings.database == f"sqlite:///{tmp_path}/.rollcall/rollcall.db"
    assert settings.calendar_folder == tmp_path / ".rollcall" / "calendars"
    assert (settings.language, settings.timezone, settings.patrol_every_minutes) == (Language.ZH, "Asia/Shanghai", 60)
    assert not settings.home.exists()


def test_the_environment_is_read_and_a_home_that_is_named_wins(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {"HOME": "/elsewhere", "LANGUAGE": "en", "TIMEZONE": "Europe/Berlin", "CALENDARS": "~", "PREFECT_PORT": ""}
    for name, value in values.items():
        environment.setenv(f"ROLLCALL_{name}", value)
    settings = Settings.load(tmp_path / "named")
    assert settings.home == tmp_path / "named"
    assert (settings.language, settings.timezone, settings.prefect_port) == (Language.EN, "Europe/Berlin", 4200)
    assert settings.calendar_folder == tmp_path
    assert Settings.load().home == Path("/elsewhere")


@pytest.mark.parametrize("home", ["~/rolls", "rolls"])
def test_a_home_is_known_by_its_full_path(environment: pytest.MonkeyPatch, tmp_path: Path, home: str) -> None:
    environment.chdir(tmp_path)
    assert Settings.load(Path(home)).home == tmp_path / "rolls"


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("LANGUAGE", "fr", 'ROLLCALL_LANGUAGE: must be one of zh, en, not "fr"'),
        ("TIMEZONE", "Mars/One", 'ROLLCALL_TIMEZONE: unknown time zone "Mars/One"; write one like'),
        ("PATROL_EVERY_MINUTES", "often", 'ROLLCALL_PATROL_EVERY_MINUTES: must be a whole number, not "often"'),
        ("PATROL_EVERY_MINUTES", "0", "ROLLCALL_PATROL_EVERY_MINUTES: must be at least 1, not 0"),
        ("PREFECT_PORT", "70000", "ROLLCALL_PREFECT_PORT: must be at most 65535, not 70000"),
        ("CALENDARS", "/nowhere", "ROLLCALL_CALENDARS: /nowhere: there is no such folder"),
        ("HOME", "/what?", "ROLLCALL_HOME: /what?: a database cannot be addressed in a folder with a ? in its path"),
        ("DATABASE_URL", "mysql://u:secret@h/d", "ROLLCALL_DATABASE_URL: must be like sqlite:////srv/rollcall.db"),
        ("WEB_URL", "rollcall.example.org", "ROLLCALL_WEB_URL: must be where people reach the pages, such as https://"),
        ("WEB_URL", "ftp://rollcall.example.org", "ROLLCALL_WEB_URL: must be where people reach the pages"),
        ("WEB_URL", "https://chen:secret@rollcall.example.org", "ROLLCALL_WEB_URL: must be where people reach"),
        ("WEB_URL", "https://rollcall.example.org/?a=b", "ROLLCALL_WEB_URL: must be where people reach the pages"),
        ("WEB_URL", "https://rollcall.example.org/a b", "ROLLCALL_WEB_URL: must be where people reach the pages"),
        ("WEB_URL", "https://rollcall.example.org/a)[b](c", "ROLLCALL_WEB_URL: must be where people reach the pages"),
        ("WEB_URL", "javascript:alert(1)", "ROLLCALL_WEB_URL: must be where people reach the pages"),
        ("PROXIES", "the proxy", 'ROLLCALL_PROXIES: "the proxy" is not a network; write one like 10.0.0.0/8'),
        ("OIDC_ISSUER", "http://login.example.org", "ROLLCALL_OIDC_ISSUER: must be an address like https://"),
        ("OIDC_ISSUER", "https://a:secret@login.example.org", "ROLLCALL_OIDC_ISSUER: must be an address like https://"),
        ("OIDC_ISSUER", "https://login.example.org", "ROLLCALL_OIDC_ISSUER and ROLLCALL_OIDC_CLIENT_ID: single sign-"),
        ("OIDC_CLIENT_ID", "rollcall", "ROLLCALL_OIDC_ISSUER and ROLLCALL_OIDC_CLIENT_ID: single sign-on needs both"),
        ("DATABASE_URL", "sqlite://", "ROLLCALL_DATABASE_URL: must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "ROLLCALL_DATABASE_URL: must name a file"),
    ],
)
def test_a_bad_value_is_refused_in_one_line(
    environment: pytest.MonkeyPatch, name: str, value: str, refusal: str
) -> None:
    environment.setenv(f"ROLLCALL_{name}", value)
    with pytest.raises(Refusal) as refused:
        Settings.load()
    assert str(refused.value).startswith(refusal)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "pages"),
    [
        ("https://rollcall.example.org/", "https://rollcall.example.org"),
        ("http://10.0.0.5:8080/a/b/", "http://10.0.0.5:8080/a/b"),
        ("http://[fd00::1]:8080", "http://[fd00::1]:8080"),
    ],
)
def test_the_pages_are_known_by_origin_and_path(environment: pytest.MonkeyPatch, url: str, pages: str) -> None:
    assert Settings.load().web_url is None
    environment.setenv("ROLLCALL_WEB_URL", url)
    assert Settings.load().web_url == pages


def test_two_bad_values_are_refused_together(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ROLLCALL_LANGUAGE", "fr")
    environment.setenv("ROLLCALL_PREFECT_PORT", "none")
    with pytest.raises(Refusal) as refused:
        Settings.load()
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "ROLLCALL_LANGUAGE",
        "ROLLCALL_PREFECT_PORT",
    ]


def test_single_sign_on_is_set_up_by_issuer_and_client_and_its_secret_is_not_shown(
    environment: pytest.MonkeyPatch,
) -> None:
    assert Settings.load().single_sign_on is None
    for name, value in {"ISSUER": "https://login.example.org/office", "CLIENT_ID": "rollcall"}.items():
        environment.setenv(f"ROLLCALL_OIDC_{name}", value)
    assert Settings.load().single_sign_on == SingleSignOn("https://login.example.org/office", "rollcall", None)
    environment.setenv("ROLLCALL_OIDC_CLIENT_SECRET", "secret")
    settings = Settings.load()
    assert settings.single_sign_on == SingleSignOn("https://login.example.org/office", "rollcall", "secret")
    assert "='secret'" not in repr(settings) + repr(settings.single_sign_on)


def test_another_database_is_used_and_its_password_is_not_shown(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ROLLCALL_DATABASE_URL", "postgres://u:secret@h/d")
    environment.setenv("ROLLCALL_KEY", "secret")
    settings = Settings.load()
    assert settings.database == "postgresql://u:secret@h/d"
    assert "secret" not in repr(settings)


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "a" / "b")
    prepare_home(settings)
    prepare_home(settings)
    assert settings.home.stat().st_mode & 0o777 == 0o700


def test_a_home_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    (tmp_path / "kept").touch()
    prepare_home(Settings.load(tmp_path))
    assert tmp_path.stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("home", "reason"),
    [
        pytest.param("file", "is a file", id="a file"),
        pytest.param("file/below", "cannot be made", id="below a file"),
        pytest.param("/proc/rollcall", "cannot be made", id="where nobody can write"),
    ],
)
def test_a_home_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path, home: str, reason: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match=rf"^home .*{home}: {reason}.*--home.*$"):
        prepare_home(Settings.load(tmp_path / home))
