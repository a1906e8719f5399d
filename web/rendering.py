"""Write pages: templates, in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent
from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.vocabulary import Language
from rules.progress import completeness, overdue, timeliness
from web.addresses import branch_address, return_address, returns_address, task_address
from web.assets import address_of
from web.charts.heat import SHARES, heat
from web.context import Here
from web.identity.agents import name_browser
from web.translation import BABEL, NAMES, say_word, translations

FIGURES = {
    "completeness": completeness,
    "timeliness": timeliness,
    "overdue": overdue,
    "heat": heat,
    "shares": SHARES,
}
"""What is asked of a tally wherever one is shown."""

TEMPLATES = Path(__file__).parent / "templates"


def page(here: Here, template: str, *, status: int = 200, **values: Any) -> Response:
    """Write a page for whoever asks; values are text wherever they stand in it."""
    environment = _environment(here.language)
    body = environment.get_template(template).render(here=here, **values)
    return HTMLResponse(body, status_code=status, headers={"Content-Language": here.language})


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "asset": address_of,
        "branch_address": branch_address,
        "languages": tuple(NAMES.items()),
        "return_address": return_address,
        "returns_address": returns_address,
        "task_address": task_address,
    } | FIGURES
    environment.filters["browser"] = name_browser
    environment.filters |= _filters(language)
    environment.filters["say"] = partial(say_word, language=language)
    return environment


def _filters(language: Language) -> Mapping[str, Any]:
    locale = BABEL[language]

    def instant(moment: datetime, zone: ZoneInfo | None = None) -> str:
        return format_datetime(moment.astimezone(zone or UTC), "medium", locale=locale)

    def day(on: date) -> str:
        return format_date(on, "medium", locale=locale)

    def short_day(on: date) -> str:
        return format_skeleton("MMMd", on, locale=locale)

    def number(value: int | Decimal) -> str:
        return format_decimal(value, locale=locale)

    def percent(share: float | None) -> str:
        return "–" if share is None else format_percent(share, "#,##0.#%", locale=locale)

    return {"instant": instant, "day": day, "short_day": short_day, "number": number, "percent": percent}
