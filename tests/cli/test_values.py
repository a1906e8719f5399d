from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import typer

from cli.values import parse_day, parse_figures, parse_instant, parse_number, parse_zone, words


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        pytest.param("2009-09-30T18:00+08:00", datetime(2009, 9, 30, 10, tzinfo=UTC), id="offset"),
        pytest.param("2009-09-30T10:00Z", datetime(2009, 9, 30, 10, tzinfo=UTC), id="zulu"),
        pytest.param("2009-09-30 18:00:00+0800", datetime(2009, 9, 30, 10, tzinfo=UTC), id="blank-between"),
        pytest.param("20090930T180000+0800", datetime(2009, 9, 30, 10, tzinfo=UTC), id="basic-form"),
        pytest.param("2009-09-30T10:00:00.000001Z", datetime(2009, 9, 30, 10, 0, 0, 1, tzinfo=UTC), id="microsecond"),
    ],
)
def test_an_instant_is_read_into_utc(text: str, instant: datetime) -> None:
    read = parse_instant(text)
    assert read == instant
    assert type(read) is datetime
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("2009-09-30T18:00", "has no zone", id="no-zone"),
        pytest.param("2009-09-30", "is a day, not an instant", id="day"),
        pytest.param("now", "is not an instant", id="now"),
        pytest.param("18:00Z", "is not an instant", id="time"),
        pytest.param("P3D", "is not an instant", id="duration"),
        pytest.param("2009-09-30T18:00Z/P1D", "is not an instant", id="interval"),
        pytest.param("2009-13-01T00:00Z", "is not an instant", id="no-such-month"),
        pytest.param("yesterday", "is not an instant", id="words"),
        pytest.param("", "is not an instant", id="empty"),
        pytest.param("0001-01-01T00:00+08:00", "between the years", id="before-all-time"),
        pytest.param("9999-12-31T23:00-08:00", "between the years", id="after-all-time"),
    ],
)
def test_what_is_no_instant_with_a_zone_is_a_bad_call(text: str, said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        parse_instant(text)


def test_a_day_is_read() -> None:
    for text in ("2009-12-18", "2009年12月18日", "20091218"):
        assert parse_day(text) == date(2009, 12, 18)


@pytest.mark.parametrize("text", ["2009-02-30", "tomorrow", "18.12.2009", ""])
def test_what_is_no_day_is_a_bad_call(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a day"):
        parse_day(text)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(["members=12", "cost=3.50"], id="apart"),
        pytest.param(["members=12,cost=3.50"], id="comma"),
        pytest.param(["members=12 cost=3.50"], id="blank"),
        pytest.param(["members=12;", " cost=3.50 "], id="stray-separators"),
    ],
)
def test_figures_are_read_however_they_are_given(given: list[str]) -> None:
    assert parse_figures(given) == {"members": Decimal(12), "cost": Decimal("3.50")}


@pytest.mark.parametrize(
    "given",
    ["members", "members=", "=12", "members=twelve", "members=NaN", "members=1e9", "members=1_000", "members==12"],
)
def test_what_is_no_figure_is_a_bad_call(given: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a figure"):
        parse_figures([given])


def test_a_figure_given_twice_is_a_bad_call() -> None:
    with pytest.raises(typer.BadParameter, match="twice"):
        parse_figures(["members=1", "members=2"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("   ", "says nothing", id="blank"),
        pytest.param("x" * 11, "11 characters", id="too-long"),
        pytest.param("a\0b", "cannot be stored", id="nul"),
    ],
)
def test_words_that_cannot_be_kept_are_a_bad_call(text: str, said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        words(10)(text)


def test_words_are_kept_without_the_blanks_around_them() -> None:
    assert words(10)("  张三 ") == "张三"


@pytest.mark.parametrize("text", ["Mars/North", "", "../etc/passwd", "/etc/passwd", "中国"])
def test_what_is_no_time_zone_is_a_bad_call(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a time zone"):
        parse_zone(text)


def test_a_time_zone_is_read() -> None:
    assert parse_zone("Asia/Shanghai") == "Asia/Shanghai"


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("007", 7), ("123456789", 123_456_789)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["0", "-1", "1.0", "one", "", "²", "1234567890"])
def test_what_is_no_number_is_a_bad_call(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a number"):
        parse_number(text)
