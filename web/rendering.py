"""Write pages: templates, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.reading.stored import say_stored
from actions.reading.tasks import TaskState
from config.definition.text import Text
from config.ledgers.columns import ColumnKind
from config.translation import translations
from config.vocabulary import (
    AssignmentStatus,
    BranchStatus,
    CampaignStatus,
    ChannelStatus,
    DeliveryStatus,
    FigureKind,
    Language,
    NoticeStatus,
    Otherwise,
    Outcome,
    Permission,
    ProblemStatus,
    RequestStatus,
    ReturnStatus,
    Standing,
    StepKind,
    UserRole,
    UserStatus,
    WindowStatus,
)
from rules.progress import completeness, overdue, timeliness
from web.actors import say_actor
from web.addresses import branch_address, return_address, returns_address, task_address
from web.assets import address_of
from web.charts.heat import SHARES, heat
from web.context import Here
from web.customs import say_day, say_days, say_instant, say_number, say_share, say_short_day
from web.identity.agents import name_browser
from web.labels import FIGURE, label_of, shown_fields
from web.language import NAMES
from web.once import make_mark
from web.reasons import say_on_page

FIGURES = {
    "completeness": completeness,
    "timeliness": timeliness,
    "overdue": overdue,
    "heat": heat,
    "shares": SHARES,
}
"""What is asked of a tally wherever one is shown."""

WORDS = (
    Language,
    AssignmentStatus,
    BranchStatus,
    CampaignStatus,
    ChannelStatus,
    ColumnKind,
    DeliveryStatus,
    FigureKind,
    NoticeStatus,
    Otherwise,
    Outcome,
    Permission,
    ProblemStatus,
    RequestStatus,
    ReturnStatus,
    Standing,
    StepKind,
    UserRole,
    UserStatus,
    WindowStatus,
)
"""The vocabularies that templates decide by, each under its own name."""

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
    environment.globals |= (
        {
            "asset": address_of,
            "figure_titles": _figure_titles,
            "branch_address": branch_address,
            "languages": tuple(NAMES.items()),
            "make_mark": make_mark,
            "return_address": return_address,
            "returns_address": returns_address,
            "task_address": task_address,
        }
        | FIGURES
        | {vocabulary.__name__: vocabulary for vocabulary in WORDS}
    )
    environment.filters["browser"] = name_browser
    environment.filters |= _filters(language)
    return environment


def _figure_titles(task: TaskState) -> Mapping[str, Text]:
    return {FIGURE + figure.code: figure.title for figure in task.spec.figures}


def _filters(language: Language) -> Mapping[str, Any]:
    """How values are said in a language."""
    said: Mapping[str, Callable[..., object]] = {
        "actor": say_actor,
        "day": say_day,
        "days": say_days,
        "field_label": label_of,
        "fields": shown_fields,
        "number": say_number,
        "percent": say_share,
        "say": say_on_page,
        "short_day": say_short_day,
        "stored": say_stored,
    }

    def instant(moment: datetime, zone: ZoneInfo) -> str:
        return say_instant(moment, zone, language)

    return {name: partial(say, language=language) for name, say in said.items()} | {"instant": instant}
