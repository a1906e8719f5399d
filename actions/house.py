"""The house an action works in: settings, database and key, opened once at the edge."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from config.errors import Refusal
from config.kept_secret import load_key
from config.seal import Seal
from config.settings import Settings, prepare_home
from models.database import connect, reachable
from models.migrate import SchemaState, schema_state, upgrade
from models.tables import complete_metadata
from notifications.channels.site import Site
from notifications.links import Pages


@dataclass(frozen=True)
class House:
    """What every action is handed; it holds no state of its own and may be shared by threads."""

    settings: Settings
    engine: Engine
    seal: Seal

    @property
    def home(self) -> Path:
        """The folder with the database, the key and what is written for people."""
        return self.settings.home

    @cached_property
    def site(self) -> Site:
        """What channels of this installation may do."""
        settings = self.settings
        return Site(self.home, settings.networks, settings.services, tuple(settings.endpoints.items()))

    @cached_property
    def pages(self) -> Pages | None:
        """Where the links in messages lead; None where there are no pages."""
        url = self.settings.web_url
        return Pages(url, self.seal.derive("links")) if url else None


def open_house(settings: Settings) -> House:
    """Open the home; an empty one is set up.

    Raises Refusal when the home cannot be written, when the database cannot be reached, when it waits
    for `rollcall db upgrade`, and when it is of a newer version.
    """
    house = _house(settings)
    match schema_state(house.engine):
        case SchemaState.EMPTY:
            upgrade(house.engine)
        case SchemaState.OLDER:
            raise Refusal("the database is of an older version; run `rollcall db upgrade` (make a copy first)")
        case SchemaState.CURRENT:
            pass
    return house


def upgrade_house(settings: Settings) -> House:
    """Open the home and bring its database to this version; harmless when it is there already."""
    house = _house(settings)
    upgrade(house.engine)
    return house


def _house(settings: Settings) -> House:
    # A row cannot be written while a table that it points to was never imported.
    complete_metadata()
    prepare_home(settings)
    engine = connect(settings.database)
    reachable(engine)
    key = settings.key.get_secret_value() if settings.key else load_key(settings.home / "key")
    return House(settings, engine, Seal(key))
