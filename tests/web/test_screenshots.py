"""The main pages with the sample's data, as pictures; `make screenshots` keeps them for the README."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actions.add_user import NewUser, add_user
from config.vocabulary import Language, UserRole
from models.database import connect
from simulation.demo import demonstrate
from tests.databases import Databases
from tests.factories import LAUNCH_DAY, a_house, at
from tests.web.answering import a_link_until
from tests.web.sites import PASSWORD, Site, a_site
from web.context import LANGUAGE_COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOWN_AT = at("2009-11-20 10:00")
CAMPAIGN = "/campaigns/baoding-2009"
FOLDER = "SCREENSHOTS"
"""Where the pictures go, when they are to be kept."""


@dataclass(frozen=True)
class Shot:
    """A page, as somebody sees it."""

    name: str
    address: str
    language: Language
    width: int = 1280
    height: int = 800
    scheme: str = "light"


SHOTS = (
    Shot("campaign-en", CAMPAIGN, Language.EN, height=1900),
    Shot("campaign-zh-dark", CAMPAIGN, Language.ZH, scheme="dark"),
    Shot("unit-zh", f"{CAMPAIGN}/units/130622", Language.ZH),
    Shot("overdue-en", f"{CAMPAIGN}/overdue?by=branch", Language.EN),
    Shot("notices-zh", "/notices?campaign=baoding-2009", Language.ZH),
    Shot("link-zh-phone", "link", Language.ZH, width=360),
    Shot("link-en-phone", "link", Language.EN, width=360, scheme="dark"),
)


@pytest.fixture(scope="module")
def sample(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample's campaign, played up to the middle of its third stage."""
    folder = tmp_path_factory.mktemp("sample")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        house = a_house(engine, folder / "home")
        coordinator = NewUser("coordinator", "王协调", UserRole.COORDINATOR, PASSWORD)
        add_user(house, coordinator, actor="test", now=LAUNCH_DAY)
        demonstrate(house, "baoding-2009", until=SHOWN_AT, watch=lambda _: None)
        with a_site(house, SHOWN_AT) as site:
            yield site
        engine.dispose()


def test_the_main_pages_are_there_to_be_seen(sample: Site, chromium: "Browser", tmp_path: Path) -> None:
    folder = Path(os.environ.get(FOLDER, tmp_path))
    with sample.browser("coordinator") as browser:
        cookies = [{"name": name, "value": value, "url": sample.address} for name, value in browser.cookies.items()]
    for shot in SHOTS:
        context = chromium.new_context(
            base_url=sample.address,
            locale={"zh": "zh-CN", "en": "en"}[shot.language],
            color_scheme=shot.scheme,  # type: ignore[arg-type]
            viewport={"width": shot.width, "height": shot.height},
        )
        address = shot.address
        if address == "link":
            address = a_link_until(sample, "L0163", SHOWN_AT)
            chosen = {"name": LANGUAGE_COOKIE, "value": shot.language.value, "url": sample.address}
            context.add_cookies([chosen])  # type: ignore[list-item]
        else:
            context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        assert page.locator("h1").count() == 1, page.url
        assert (page.locator("html").get_attribute("lang") or "").startswith(shot.language), shot.name
        assert page.locator(".refused").count() == 0, page.inner_text("main")
        page.screenshot(path=folder / f"{shot.name}.png")
        context.close()
    assert {file.stem for file in folder.glob("*.png")} >= {shot.name for shot in SHOTS}
