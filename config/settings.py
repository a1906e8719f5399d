"""The settings of one installation, from environment variables that begin with ROLLCALL_."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.definition.values import TimezoneName
from config.errors import Refusal
from config.vocabulary import Language
from config.wording import describe

_PREFIX = "ROLLCALL_"
_OWNER_ONLY = 0o700
_ORIGIN = re.compile(r"https?://[^/\s?#@]+/?", re.IGNORECASE)
_PAGES = re.compile(r"https?://[\w.\-\[\]:]+(/[\w.~%/-]*)?", re.ASCII | re.IGNORECASE)
_ISSUER = re.compile(r"(https://[\w.\-\[\]:]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[\w.~%/-]*)?", re.ASCII)
_SCHEME = re.compile(r"[a-z][a-z0-9+]+:/", re.IGNORECASE)


def _home(path: Path) -> Path:
    try:
        absolute = path.expanduser().absolute()
    except RuntimeError:
        raise ValueError(f"{path}: it is not known where the user's home is; write the path in full") from None
    if _SCHEME.match(str(path)):
        raise ValueError(f"{path}: is an address, not a folder; a database is named by ROLLCALL_DATABASE_URL")
    if "?" in str(absolute):
        raise ValueError(f"{absolute}: a database cannot be addressed in a folder with a ? in its path")
    return absolute


def _folder(path: Path) -> Path:
    folder = path.expanduser().absolute()
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder")
    return folder


def _database_url(url: str) -> str:
    scheme, _, rest = url.partition(":")
    if scheme.split("+")[0] not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError("must be like sqlite:////srv/rollcall.db or postgresql://user:password@host/name")
    if scheme.startswith("sqlite") and (not rest.strip("/") or ":memory:" in rest):
        raise ValueError("must name a file; several processes share the database")
    return url.replace("postgres://", "postgresql://", 1)


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _network(text: object) -> IPv4Network | IPv6Network:
    try:
        return ip_network(str(text))
    except ValueError:
        raise ValueError(f'"{text}" is not a network; write one like 10.0.0.0/8 or 192.168.1.5') from None


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]


def _origin(url: str) -> str:
    if not _ORIGIN.fullmatch(url):
        raise ValueError("must be where a server is reached, such as https://wecom.example.org")
    return url.rstrip("/")


def _store(place: str) -> str:
    return place if "://" in place else str(Path(place).expanduser().absolute())


def _web_url(url: str) -> str:
    if not _PAGES.fullmatch(url):
        raise ValueError("must be where people reach the pages, such as https://rollcall.example.org/campaigns")
    return url.rstrip("/")


def _issuer(url: str) -> str:
    if not _ISSUER.fullmatch(url):
        raise ValueError("must be an address like https://login.example.org/realms/office, and start with https")
    return url


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """A provider of OpenID Connect, and what it knows this installation by."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)


class Settings(BaseSettings):
    """The settings of one installation; every one has a default, so an empty environment is enough.

    Make it with `load`, which says in plain words what is wrong.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, use_attribute_docstrings=True
    )

    home: Annotated[Path, AfterValidator(_home)] = Field(default=Path("~/.rollcall"), validate_default=True)
    """The folder of this installation: its key, its SQLite database, and what is written for people."""
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(default=None, repr=False)
    """Another database than the one in the home: sqlite:////FILE or postgresql://USER:PASSWORD@HOST/NAME."""
    key: SecretStr | None = None
    """The key that addresses are sealed with; by default a file of that name in the home."""
    calendars: Annotated[Path, AfterValidator(_folder)] | None = None
    """The folder of the operator's own days, a file CODE.yaml for each calendar; by default in the home."""
    language: Language = Language.ZH
    """The language of tables and reports, and of officers for whom none is set."""
    timezone: TimezoneName = "Asia/Shanghai"
    """The time zone of officers for whom none is set."""
    networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_split)] = ()
    """Networks beside the public one that channels may connect to, with commas between: 10.0.0.0/8,192.168.1.5."""
    services: Annotated[frozenset[str], NoDecode, BeforeValidator(_split)] = frozenset()
    """Stock services of Apprise to allow although nobody can check whom they connect to, with commas between."""
    endpoints: Mapping[str, Annotated[str, AfterValidator(_origin)]] = Field(default_factory=dict)
    """Where a provider is reached instead of at its usual address: {"wecombot": "https://wecom.example.org"}."""
    web_url: Annotated[str, Field(max_length=200), AfterValidator(_web_url)] | None = None
    """Where people reach the pages, for the links in messages; without it messages have no link."""
    web_host: str = "127.0.0.1"
    """The address that the pages listen on."""
    web_port: Annotated[int, Field(ge=1, le=65535)] = 8000
    """The port that the pages listen on; where it is not set, the next free one from here."""
    metrics_token: Annotated[SecretStr, Field(min_length=16)] | None = None
    """What a program has to show to read /metrics from elsewhere; without it the figures are for this machine alone."""
    evidence: Annotated[str, AfterValidator(_store)] | None = Field(default=None, repr=False)
    """Where the files of answers are kept: a folder or an address such as s3://bucket/path; by default in the home."""
    evidence_megabytes: Annotated[int, Field(ge=1, le=1024)] = 10
    """How large a file of an answer may be."""
    proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_split)] = ()
    """Proxies before the pages that say truly who asks (X-Forwarded-For, X-Forwarded-Proto), with commas between."""
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] | None = None
    """The provider of single sign-on (OpenID Connect), by the address that its discovery stands under."""
    oidc_client_id: Annotated[str, Field(max_length=500)] | None = None
    """What that provider knows this installation by."""
    oidc_client_secret: SecretStr | None = Field(default=None, repr=False)
    """What this installation proves to the provider that it is; none where the provider asks for none."""
    patrol_every_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    """How often the patrol goes round while `rollcall serve` runs."""
    prefect_host: str = "127.0.0.1"
    """The address that Prefect's own server listens on."""
    prefect_port: Annotated[int, Field(ge=1, le=65535)] = 4200
    """The port that Prefect's own server listens on; where it is not set, the next free one from here."""

    @classmethod
    def load(cls, home: Path | None = None) -> Self:
        """Read the environment, `home` winning over ROLLCALL_HOME; creates nothing.

        Refusal, one line for each setting that makes no sense.
        """
        try:
            settings = cls() if home is None else cls(home=home)
        except ValidationError as error:
            lines = "\n".join(map(_line, error.errors(include_url=False)))
            raise Refusal(lines) from None
        if (settings.oidc_issuer is None) != (settings.oidc_client_id is None):
            raise Refusal("ROLLCALL_OIDC_ISSUER and ROLLCALL_OIDC_CLIENT_ID: single sign-on needs both, or neither")
        return settings

    @property
    def single_sign_on(self) -> SingleSignOn | None:
        """The provider that users may log in with; None where none is set up."""
        if self.oidc_issuer is None or self.oidc_client_id is None:
            return None
        secret = self.oidc_client_secret
        return SingleSignOn(self.oidc_issuer, self.oidc_client_id, secret.get_secret_value() if secret else None)

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.home / 'rollcall.db'}"

    @property
    def evidence_place(self) -> str:
        """Where the files of answers are kept; the folder in the home need not exist."""
        return self.evidence or str(self.home / "evidence")

    @property
    def evidence_bytes(self) -> int:
        """How large a file of an answer may be, in bytes."""
        return self.evidence_megabytes * 1024 * 1024

    @property
    def calendar_folder(self) -> Path:
        """The folder of the operator's own days; the one in the home need not exist."""
        return self.calendars or self.home / "calendars"


def prepare_home(settings: Settings) -> None:
    """Make the home, for its owner only; one that is there already stays as it is. Refusal when nothing can be written.

    Harmless when repeated, and when several do it at once.
    """
    home = settings.home
    try:
        home.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    except FileExistsError:
        raise Refusal("home {home}: is a file; name a folder with --home or ROLLCALL_HOME", home=home) from None
    except OSError as error:
        raise Refusal(
            "home {home}: cannot be made ({reason}); name another with --home", home=home, reason=error.strerror
        ) from None
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise Refusal("home {home}: cannot be written; name another with --home or change its owner", home=home)


def _line(error: ErrorDetails) -> str:
    return f"{_PREFIX}{str(error['loc'][0]).upper()}: {describe(error)}"
