"""The charts of a report, as pictures: measures side by side or on top of one another, unit by unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from config.definition.text import Text
from config.vocabulary import Language, Measure
from reports.groups import name_of
from reports.report import Report, UnitTable

WIDTH, ROW, PIXELS = 560, 17, 2.0
"""In points of the page, and how many pixels are drawn for each."""
MOST_UNITS = 30
"""A chart of more units than these shows those where most happened."""
COLOURS = ("#8c1d18", "#1f5fbf", "#c98a1b", "#4c7a34")
FONT = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows; `is_stacked` puts its measures on top of one another, being parts of a whole."""

    title: Text
    measures: tuple[Measure, ...]
    is_stacked: bool


CHARTS = (
    ChartSpec(
        Text(zh="各单位查找和解决的问题", en="Problems found and solved by unit"),
        (Measure.PROBLEMS_FOUND, Measure.PROBLEMS_SOLVED),
        is_stacked=False,
    ),
    ChartSpec(
        Text(zh="各单位四种方式的指导人次", en="Guidance visits by unit, in four ways"),
        (Measure.VISITS_LECTURE, Measure.VISITS_REPORT, Measure.VISITS_FILES, Measure.VISITS_MEMBERS),
        is_stacked=True,
    ),
    ChartSpec(
        Text(zh="各单位新组建的组织", en="Organisations founded by unit"),
        (
            Measure.FOUNDED_BRANCHES,
            Measure.FOUNDED_UNIONS,
            Measure.FOUNDED_YOUTH_LEAGUES,
            Measure.FOUNDED_WOMENS_COMMITTEES,
        ),
        is_stacked=True,
    ),
    ChartSpec(
        Text(zh="各单位支部评级", en="Grades of the branches by unit"),
        (Measure.GRADED_GOOD, Measure.GRADED_FAIR, Measure.GRADED_WEAK),
        is_stacked=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as PNG, and what it is called."""

    title: str
    picture: bytes


def draw_charts(report: Report, language: Language) -> tuple[Drawing, ...]:
    """Draw the charts for which there is more than one unit; the first one of a process takes a second."""
    return tuple(
        Drawing(spec.title.of(language), _draw(spec, rows, language))
        for spec in CHARTS
        if len(rows := bars_of(spec, report.tables)) > 1
    )


def bars_of(spec: ChartSpec, tables: tuple[UnitTable, ...]) -> dict[str, dict[Measure, int]]:
    """Find what each unit has of the chart's measures; units without any of them are left out."""
    found: dict[str, dict[Measure, int]] = {}
    for table in tables:
        for row in table.rows:
            values = dict(zip(table.measures, row.values, strict=True))
            there = {measure: values[measure] for measure in spec.measures if values.get(measure)}
            if there:
                found.setdefault(row.name, {}).update(there)
    leading = spec.measures if spec.is_stacked else spec.measures[:1]
    first = sorted(found, key=lambda name: -sum(found[name].get(measure, 0) for measure in leading))[:MOST_UNITS]
    return {name: found[name] for name in first}


def _draw(spec: ChartSpec, rows: dict[str, dict[Measure, int]], language: Language) -> bytes:
    import altair
    import vl_convert

    from reports.fonts import fonts_at_hand

    vl_convert.register_font_directory(str(fonts_at_hand()))
    measures = [measure for measure in spec.measures if any(measure in values for values in rows.values())]
    series = [name_of(measure, language) for measure in measures]
    bars = altair.Chart({"values": list(_points(measures, rows, language))}).mark_bar()
    chart = bars.encode(
        y=altair.Y("unit:N", title=None, sort=list(rows)),
        x=altair.X("value:Q", title=None, axis=altair.Axis(format=",d", tickCount=_ticks(spec, rows))),
        color=altair.Color(
            "series:N",
            title=None,
            scale=altair.Scale(domain=series, range=list(COLOURS[: len(series)])),
            legend=altair.Legend(orient="top", columns=2, labelLimit=WIDTH),
        ),
        **({} if spec.is_stacked else {"yOffset": altair.YOffset("series:N", sort=series)}),
        order=altair.Order("place:Q"),
    )
    height = ROW * len(rows) if spec.is_stacked else altair.Step(ROW / len(series))
    drawn = chart.properties(width=WIDTH, height=height, padding=4).configure(
        font=FONT, background="white", axis={"labelFontSize": 11}, legend={"labelFontSize": 12}
    )
    return bytes(vl_convert.vegalite_to_png(drawn.to_json(), vl_version=written_in(altair), scale=PIXELS))


def _ticks(spec: ChartSpec, rows: dict[str, dict[Measure, int]]) -> int:
    """Count the marks of the scale: no more than whole numbers can stand at."""
    together = sum if spec.is_stacked else max
    return min(8, max(together(values.values()) for values in rows.values()))


def _points(
    measures: Sequence[Measure], rows: dict[str, dict[Measure, int]], language: Language
) -> Iterator[dict[str, str | int]]:
    for name, values in rows.items():
        for place, measure in enumerate(measures):
            yield {
                "unit": name,
                "series": name_of(measure, language),
                "value": values.get(measure, 0),
                "place": place,
            }


def written_in(altair: Any) -> str:
    """Return the version of Vega-Lite that a chart is written in, as the converter names it: `6.1`."""
    major, minor, *_ = str(altair.SCHEMA_VERSION).removeprefix("v").split(".")
    return f"{major}.{minor}"
