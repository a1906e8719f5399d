"""Whatever there is to say fits into the bytes of its service, and ends cleanly."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.vocabulary import Dialect, Language
from notifications.contents.digest import BranchCount, CampaignPart, Digest, Rest, UnitCount, Watch
from notifications.contents.entry import Entry
from notifications.writing.messages import LEFT_OUT, SHORTEST, render_digest
from notifications.writing.words import cut_bytes
from tests.notifications.digests import LINK, TODAY, speaking

NAMES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["甲支部" * 20, "x", "<&>'\"" * 40, "𠀀👩‍🌾" * 20, "*_[]" * 30]),
)
ENTRIES = st.builds(
    lambda name, late: Entry(name, name, TODAY - timedelta(days=late), late), NAMES, st.integers(-300, 300)
)
COUNTS = st.builds(BranchCount, NAMES, st.integers(1, 99), st.integers(0, 9), st.integers(0, 400))
UNITS = st.builds(UnitCount, NAMES, st.lists(COUNTS, min_size=1, max_size=20).map(tuple))
WATCHES = st.none() | st.builds(Watch, st.lists(UNITS, min_size=1, max_size=12).map(tuple), st.just(Rest(1300, 12)))


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Any digest, with more of everything than fits."""
    late_first = st.lists(ENTRIES, max_size=50).map(lambda rows: tuple(sorted(rows, key=lambda row: -row.days_late)))
    part = st.builds(CampaignPart, NAMES, late_first, st.just(Rest(3, 1)), WATCHES, WATCHES)
    parts = draw(st.lists(part, min_size=1, max_size=6).map(tuple))
    return Digest(draw(NAMES), draw(st.sampled_from(Language)), TODAY, parts)


@settings(max_examples=150, deadline=None)
@given(digests(), st.sampled_from(sorted(set(Dialect) - {Dialect.SHORT})), st.integers(SHORTEST, 6_000), st.booleans())
def test_any_digest_fits_whole_line_by_whole_line(digest: Digest, dialect: Dialect, longest: int, linked: bool) -> None:
    longest = longest * 2 if dialect is Dialect.MAIL else longest
    words = render_digest(digest, speaking(dialect, longest), LINK if linked else None)
    whole = render_digest(digest, speaking(dialect), LINK if linked else None)
    assert len(words.body.encode()) <= longest
    assert words.html is None or len(words.html.encode()) <= longest
    assert words.html is None or words.html.endswith("</body></html>\n")
    assert words.body.endswith("\n")
    assert words.body.count("https:") == words.body.count(LINK)
    if len(whole.body.encode()) <= longest and len((whole.html or "").encode()) <= longest:
        assert words == whole


@settings(max_examples=100, deadline=None)
@given(digests(), st.integers(9, 400), st.booleans())
def test_any_short_message_fits(digest: Digest, longest: int, linked: bool) -> None:
    body = render_digest(digest, speaking(Dialect.SHORT, longest), LINK if linked else None).body
    assert len(body.encode()) <= longest
    assert body.count("https:") == body.count(LINK)
    assert not linked or (LINK in body) == (longest > len(LINK) + 3)


@settings(deadline=None)
@given(st.text(), st.integers(0, 60))
def test_no_character_is_split(text: str, most: int) -> None:
    found = cut_bytes(text, most)
    assert len(found.encode()) <= most
    assert found == text if len(text.encode()) <= most else text.startswith(found.removesuffix("…"))


ROWS = tuple(Entry(f"第{number}支部", "摸底", date(2009, 9, 18), 3) for number in range(1, 301))


@pytest.mark.parametrize(
    ("longest", "in_chinese", "in_english"),
    [(9_000, 30, 30), (2_600, 20, 30), (2_000, 12, 20), (1_300, 8, 12), (1_000, 5, 8)],
)
@pytest.mark.parametrize("language", Language)
def test_what_is_not_listed_is_counted_and_is_at_the_link(
    longest: int, in_chinese: int, in_english: int, language: Language
) -> None:
    digest = Digest("张三", language, TODAY, (CampaignPart("试点", ROWS),))
    service = speaking(Dialect.TEXT, longest)
    body = render_digest(digest, service, LINK).body
    rows = [line for line in body.splitlines() if "支部" in line]
    assert len(rows) == (in_chinese if language is Language.ZH else in_english)
    more = {
        Language.ZH: f"……另有 {300 - len(rows)} 项未列出，见文末链接",
        Language.EN: f"... and {300 - len(rows)} more, at the link below",
    }
    assert more[language] in body.splitlines()
    assert "链接" not in render_digest(digest, service).body
    assert "link" not in render_digest(digest, service).body
    assert LINK in body


def test_as_a_last_resort_whole_lines_are_left_out() -> None:
    parts = tuple(CampaignPart(f"活动{number}" * 20, ROWS) for number in range(50))
    words = render_digest(Digest("张三", Language.ZH, TODAY, parts), speaking(Dialect.WECOM, 4_096), LINK)
    assert 3_500 < len(words.body.encode()) <= 4_096
    lines = words.body.splitlines()
    assert LEFT_OUT[Language.ZH] in lines
    assert f"[登记办结情况]({LINK})" in lines
    assert lines[-1] == '<font color="comment">本消息写于 2009年9月21日（星期一），由 Rollcall 自动发出。</font>'
