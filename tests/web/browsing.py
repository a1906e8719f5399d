"""Sit down at a real browser, in either language, as somebody who logs in by typing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import update

from config.vocabulary import Language
from models.database import transaction
from models.dialects import table_of
from models.user import User
from tests.web.sites import PASSWORD, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOCALES = {Language.ZH: "zh-CN", Language.EN: "en"}
LOGIN = {Language.ZH: ("登录名", "密码", "登录"), Language.EN: ("Login", "Password", "Log in")}


@contextmanager
def a_coordinator(chromium: "Browser", site: Site, language: Language, *, scripts: bool = True) -> Iterator["Page"]:
    """A browser in which the coordinator has logged in; what the pages forbid scripts is never tried."""
    with transaction(site.house.engine) as session:
        session.execute(update(table_of(User)).values(language=language))
    context = chromium.new_context(base_url=site.address, locale=LOCALES[language], java_script_enabled=scripts)
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.set_default_timeout(20_000)
    page.goto("/")
    log_in(page, language)
    yield page
    assert [words for words in complaints if "Content Security Policy" in words] == []
    context.close()


def log_in(page: "Page", language: Language) -> None:
    """Type login and password of the coordinator into the page that asks for them."""
    login, password, button = LOGIN[language]
    page.get_by_label(login).fill("coordinator")
    page.get_by_label(password).fill(PASSWORD)
    page.get_by_role("button", name=button, exact=True).click()
