"""A demonstration: the sample registry, its officers, and a campaign played up to an instant."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import select

from actions.add_officer import NewOfficer, add_officer
from actions.check import check_campaign
from actions.house import House, open_house
from actions.import_registry import import_registry
from actions.registry.reading import read_file
from actions.write_summary import write_summary
from config.definition.file import find_campaign, load_definition
from config.errors import Fault, Refusal
from config.samples.baoding import SAMPLE_REGISTRY, sample_officers
from config.settings import Settings
from models.branch import Branch
from models.campaign import Campaign
from models.database import snapshot
from simulation.play import COORDINATOR, Played, launch_instant, place_around, play

BEGUN = "demo-begun"
REGISTERED_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What a demonstration shows: its campaign, what may turn out otherwise in it, and its summary."""

    campaign: str
    warnings: tuple[Fault, ...]
    summary: Path


def open_demo_house(settings: Settings) -> House:
    """Open the home of a demonstration; what an interrupted one left behind is thrown away first.

    Raises Refusal when the database of an interrupted one is not ours to throw away.
    """
    marker = settings.home / BEGUN
    if marker.exists():
        if settings.database_url:
            raise Refusal("the last demo was interrupted: empty its database, then remove {file}", file=marker)
        for left in settings.home.glob("rollcall.db*"):
            left.unlink()
        for folder in ("messages", "reports"):
            shutil.rmtree(settings.home / folder, ignore_errors=True)
        marker.unlink()
    return open_house(settings)


def demonstrate(house: House, campaign: str, *, until: datetime, watch: Callable[[Played], None]) -> Demonstration:
    """Play a ready campaign over the sample up to an instant; one that is in the home already is left as it is.

    Killed on the way, the next call begins anew. Raises Refusal for an unknown campaign, and for a home
    that holds another registry.
    """
    loaded = load_definition(find_campaign(campaign))
    code = loaded.definition.code
    with snapshot(house.engine) as session:
        played = session.exec(select(Campaign.id).where(Campaign.code == code)).one_or_none()
        registered = session.exec(select(Branch.id).limit(1)).one_or_none()
    if played is not None:
        return Demonstration(code, (), write_summary(house, code, now=until))
    if registered is not None:
        raise Refusal("home {home}: holds a registry already; name an empty folder with --home", home=house.home)
    marker = house.home / BEGUN
    marker.touch()
    placed = place_around(house, loaded, until)
    launched_at = launch_instant(placed)
    if launched_at > until:
        day = f"{launched_at:%Y-%m-%d}"
        raise Refusal("campaign {code}: is launched on {day}, after the end of the play", code=code, day=day)
    _register_sample(house, launched_at - REGISTERED_BEFORE)
    warnings = check_campaign(house, placed, now=until).warnings
    play(house, placed, until=until, watch=watch)
    summary = write_summary(house, code, now=until)
    marker.unlink()
    return Demonstration(code, warnings, summary)


def _register_sample(house: House, now: datetime) -> None:
    imported = import_registry(house, read_file(house, SAMPLE_REGISTRY), actor=COORDINATOR, now=now)
    if imported.rejected:
        raise Refusal("{file}: cannot be taken: {why}", file=SAMPLE_REGISTRY, why=imported.rejected[0])
    for officer in sample_officers():
        new = NewOfficer(officer.code, officer.name, officer.role, officer.unit_code, officer.channel)
        add_officer(house, new, actor=COORDINATOR, now=now)
