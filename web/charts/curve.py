"""Draw planned against actual as SVG."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from actions.reading.overview.curve import Curve
from config.translation import translations
from config.vocabulary import Language
from reports.charts import written_in

KEPT = 128
"""So many drawings are kept, each of about 20 KB."""


class Theme(StrEnum):
    """What the drawing is to be read on."""

    LIGHT = "light"
    DARK = "dark"


class Size(StrEnum):
    """How much room there is: letters stay as large as those of the page."""

    WIDE = "wide"
    NARROW = "narrow"


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawing is to look."""

    theme: Theme
    size: Size
    language: Language


@dataclass(frozen=True, slots=True)
class _Colours:
    """What stands against the card of the page: `rollcall.css` has the same."""

    ink: str
    line: str
    planned: str
    done: str


_COLOURS = {
    Theme.LIGHT: _Colours(ink="#51606f", line="#d8dfe7", planned="#6b7a8b", done="#1f5fbf"),
    Theme.DARK: _Colours(ink="#a7b3c2", line="#303c4a", planned="#8d9bab", done="#7fb2ff"),
}
_SIZES = {Size.WIDE: (980, 240), Size.NARROW: (300, 200)}
_TICKS = {Size.WIDE: 12, Size.NARROW: 5}


def digest_of(curve: Curve, look: Look) -> str:
    """Return a name that changes with anything in the drawing."""
    return hashlib.sha256(repr((curve, look)).encode()).hexdigest()[:32]


@lru_cache(maxsize=KEPT)
def draw_curve(curve: Curve, look: Look) -> str:
    """Draw the share that was to be done by the end of each day, and the share that was, as an SVG document.

    Today is marked. The first drawing of a process takes a second, later ones some hundredths.
    """
    import altair
    import vl_convert

    say = translations(look.language).gettext
    planned, done = say("Planned"), say("Done")
    colours, (width, height) = _COLOURS[look.theme], _SIZES[look.size]
    base = altair.Chart({"values": list(_rows(curve, planned, done))}).encode(
        x=altair.X(
            "day:T",
            title=None,
            scale=altair.Scale(type="utc"),
            axis=altair.Axis(format="%m-%d", tickCount=_TICKS[look.size], grid=False),
        ),
        y=altair.Y("share:Q", title=None, scale=altair.Scale(domain=[0, 1]), axis=altair.Axis(format="%", tickCount=5)),
    )
    series = altair.Color(
        "series:N",
        title=None,
        scale=altair.Scale(domain=[planned, done], range=[colours.planned, colours.done]),
        legend=altair.Legend(orient="top", symbolType="stroke", symbolStrokeWidth=3),
    )
    dashes = altair.StrokeDash(
        "series:N", scale=altair.Scale(domain=[planned, done], range=[[6, 4], [1, 0]]), legend=None
    )
    is_done = altair.datum.series == done
    area = base.transform_filter(is_done).mark_area(color=colours.done, opacity=0.14)
    lines = base.mark_line(interpolate="monotone", strokeWidth=2.5).encode(color=series, strokeDash=dashes)
    today = altair.Chart({"values": [{"day": curve.today.isoformat()}]}).encode(x="day:T")
    chart = (area + lines + today.mark_rule(color=colours.ink, strokeDash=[2, 3])).properties(
        width=width, height=height, padding=4
    )
    return str(vl_convert.vegalite_to_svg(chart.configure(**_config(colours)).to_json(), vl_version=written_in(altair)))


def warm_up() -> None:
    """Draw once for nothing, so that no reader waits for what is loaded at the first drawing."""
    look = Look(Theme.LIGHT, Size.WIDE, Language.EN)
    draw_curve(Curve(date(2009, 9, 1), 0, ()), look)


def _rows(curve: Curve, planned: str, done: str) -> Iterator[dict[str, object]]:
    """Give the ends of the days as shares of everything there will have been to do."""
    total = curve.total or 1
    for point in curve.points:
        day = point.day.isoformat()
        yield {"day": day, "share": point.planned / total, "series": planned}
        if point.done is not None:
            yield {"day": day, "share": point.done / total, "series": done}


def _config(colours: _Colours) -> dict[str, Any]:
    text = {"labelColor": colours.ink, "labelFontSize": 13, "labelFont": "sans-serif"}
    return {
        "background": "transparent",
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": text | {"gridColor": colours.line, "domainColor": colours.line, "tickColor": colours.line},
        "legend": text | {"labelFontSize": 14, "symbolSize": 300},
    }
