"""The workbook beside a bulletin: the figures that it is drafted from, and where each of them came from."""

from collections.abc import Iterator
from datetime import datetime

from config.definition.text import Text
from config.vocabulary import Language, Measure
from reports.book import About, Sheet, Value, write_book
from reports.bulletin import GRADES, Bulletin, Change, Happenings, Named
from reports.columns import BRANCH, EXEMPLARS, FIGURES, UNIT
from reports.facts import say_period
from reports.groups import name_of
from reports.issue import masthead, say_issue
from reports.sources import Source, divided, named, page_of_sources

NOW, BEFORE = Text(zh="本期", en="This period"), Text(zh="上期", en="Period before")
CHANGE = Text(zh="增减", en="Change")
SHARE_GOOD = Text(zh="好的占比", en="Share graded as good")


def write_issue_workbook(
    bulletin: Bulletin, happenings: Happenings, language: Language, *, written_at: datetime
) -> bytes:
    """Write what happened in the period of an issue, as it is recorded now; its text may have been written before."""
    about = About(
        Text.same(f"{masthead(bulletin, language)} {say_issue(bulletin, language)}"),
        (
            (Text(zh="说明", en="Note"), bulletin.note.of(language) if bulletin.note else ""),
            (UNIT, bulletin.unit),
            (Text(zh="签发单位", en="Issuer"), bulletin.issuer),
            (Text(zh="统计期间", en="Days"), say_period(happenings.since, happenings.until, language)),
        ),
    )
    return write_book(about, _sheets(happenings, language), language, written_at=written_at)


def _sheets(happenings: Happenings, language: Language) -> Iterator[Sheet]:
    told = _told(happenings)
    rows: list[tuple[Value, ...]] = [
        (name_of(measure, language), change.value, change.before, change.value - change.before)
        for measure, change in told.items()
    ]
    if (share := _share_good(happenings)) is not None:
        rows.append((SHARE_GOOD.of(language), share, None, None))
    yield Sheet(FIGURES, (Text(zh="项目", en="Figure"), NOW, BEFORE, CHANGE), (36, 14, 14, 14), tuple(rows))
    yield _named(EXEMPLARS, happenings.exemplars)
    yield _named(Text(zh="解决的问题", en="Problems solved"), happenings.solved)
    yield page_of_sources(_sources(happenings, language))


def _told(happenings: Happenings) -> dict[Measure, Change]:
    """Leave out what came to nothing in both periods."""
    return {measure: change for measure, change in happenings.changes.items() if change.value or change.before}


def _named(name: Text, rows: tuple[Named, ...]) -> Sheet:
    return Sheet(name, (Text(zh="名称", en="Name"), BRANCH), (44, 36), tuple((row.name, row.branch) for row in rows))


def _sources(happenings: Happenings, language: Language) -> Iterator[Source]:
    page = FIGURES.of(language)
    for measure, change in _told(happenings).items():
        name = name_of(measure, language)
        for column, value, sql in ((NOW, change.value, change.source), (BEFORE, change.before, change.source_before)):
            yield Source(page, named(name, column, language), value, sql)
    if (share := _share_good(happenings)) is not None:
        graded = " + ".join(f"({happenings.changes[measure].source})" for measure, _ in GRADES)
        good = happenings.changes[Measure.GRADED_GOOD].source
        yield Source(page, named(SHARE_GOOD.of(language), NOW, language), share, divided(good, f"SELECT {graded}"))


def _share_good(happenings: Happenings) -> float | None:
    graded = sum(happenings.changes[measure].value for measure, _ in GRADES)
    return happenings.changes[Measure.GRADED_GOOD].value / graded if graded else None
