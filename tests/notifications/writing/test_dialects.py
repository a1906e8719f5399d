"""What each dialect makes of a digest, and of names that would be more than text."""

import html
import re
from html.parser import HTMLParser

import pytest

from config.vocabulary import Dialect, Language
from notifications.writing.dialects import chat, feishu
from notifications.writing.dialects.mail import write_html
from notifications.writing.dialects.structure import Block, BlockKind, Composition, Run
from notifications.writing.messages import render_digest
from tests.notifications.digests import LINK, digest_naming, speaking

ZH, EN = Language.ZH, Language.EN
RTL = "\u202e\u2066\u200f\u061c"

NOWHERE = {
    "<@all>": ["<@", "@all", "<＠"],
    "@all": ["@all"],
    "<!channel>": ["<!channel"],
    "@所有人 13800000000": ["@"],
    "<at id=all></at>": ["<at", "</at"],
    '<at user_id="all">x</at>': ["<at"],
    "[x](http://evil.example)": ["http://evil", "evil.example"],
    "![x](https://evil.example/a.png)": ["https://evil", "evil.example"],
    "http://evil.example/x": ["http://", "evil.example"],
    "HTTPS:\\\\evil.example": ["HTTPS:\\", "evil.example"],
    "evil.example": ["evil.example"],
    "www.evil.example": ["www.evil", "evil.example"],
    "ev\u200bil.example": ["il.example"],
    "evil。example": [],
    "a@evil.example": ["a@", "evil.example"],
    "http://2130706433/": ["http://"],
    "169.254.169.254": ["169.254"],
    "甲\n# 乙\r\n----\r丙": ["\n# ", "\r"],
    "甲\u2028# 乙\u0085> 丙": ["\n# 乙", "\n> 丙"],
    f"甲{RTL}乙": list(RTL),
    "甲\x00\x01heading\x02\x03s乙\x04x\x05y\x02\x1b[31m": ["\x00", "\x01", "\x02", "\x03", "\x04", "\x05", "\x1b"],
    "a\ufeff\u00ad\u2060b": ["\ufeff", "\u00ad", "\u2060"],
}
"""Names, and what must stand in no dialect's text because of them."""

MARKUP = {
    "**x**": {"**x": "*", "x**": "*"},
    "# x": {"# x": "#"},
    "`x`": {"`": "`"},
    "[x](y)": {"[x]": "["},
    "> x": {"> x": ">"},
    "~~x~~ __x__ \\* |": {"~": "~", "_x": "_", "\\": "\\"},
    "<script>alert(1)</script>": {"<script": "<", "</script": "<"},
    "<font color='red'>x</font>": {"<font color='red'>x": "<", "x</font": "<"},
    '<font color="warning">x</font>': {'<font color="warning">x<': "<"},
    "<a href=//evil.example>x</a>": {"<a href=/": "<"},
    "<text_tag color='red'>x</text_tag>": {"<text_tag": "<"},
    "<person id=ou_1></person>": {"<person": "<"},
    ":DONE:": {},
}
"""Names, and what must stand in no dialect that knows this markup, by the character that begins it."""

KNOWN = {
    Dialect.WECOM: "*#`[><~_\\",
    Dialect.DINGTALK: "*#`[><~_\\",
    Dialect.FEISHU: "*#`[><~_\\",
}


def _text(name: str, dialect: Dialect, language: Language = ZH) -> str:
    words = render_digest(digest_naming(name, language), speaking(dialect))
    return f"{words.subject}\n{words.body}\n{words.html or ''}"


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("name", NOWHERE)
def test_a_name_mentions_nobody_leads_nowhere_and_hides_nothing(name: str, dialect: Dialect) -> None:
    plain = _text("甲", dialect)
    for language in Language:
        text = _text(name, dialect, language)
        assert not [part for part in NOWHERE[name] if part in text]
        assert text.encode()
        assert len(text.splitlines()) == len(_text("甲", dialect, language).splitlines())
    assert "甲" in plain


@pytest.mark.parametrize("dialect", KNOWN)
@pytest.mark.parametrize("name", MARKUP)
def test_a_name_is_no_markup(name: str, dialect: Dialect) -> None:
    for language in Language:
        text = render_digest(digest_naming(name, language), speaking(dialect)).body
        assert not [part for part, sign in MARKUP[name].items() if sign in KNOWN[dialect] and part in text]


@pytest.mark.parametrize(
    ("dialect", "shown"),
    [
        (Dialect.TEXT, "<b> *x* & [y] :Z:"),
        (Dialect.WECOM, "＜b＞ ＊x＊ ＆ ［y］ :Z:"),
        (Dialect.DINGTALK, "＜b＞ ＊x＊ ＆ ［y］ :Z:"),
        (Dialect.FEISHU, "&#60;b&#62; &#42;x&#42; &#38; &#91;y&#93; &#58;Z:"),
    ],
)
def test_a_name_is_still_read(dialect: Dialect, shown: str) -> None:
    assert shown in render_digest(digest_naming("<b> *x* & [y] :Z:"), speaking(dialect)).body


@pytest.mark.parametrize(
    "name",
    ["No.5", "3.5 项", "2009.9.18", "第1支部：甲", "A.1", "甲（乙）", "x ‘y’", "👩‍🌾", "1:30"],
)
@pytest.mark.parametrize("dialect", [Dialect.TEXT, Dialect.WECOM, Dialect.MAIL])
def test_a_name_that_means_no_harm_stays_as_it_is(name: str, dialect: Dialect) -> None:
    words = render_digest(digest_naming(name), speaking(dialect))
    assert f"{name}：{name}，截止" in words.body
    assert words.html is None or f"{name}：{name}，截止" in words.html


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("- x", "－ x"),
        ("12. x", "12． x"),
        ("2) x", "2） x"),
        ("===", "＝=="),
        ("+1", "+1"),
        ("3.5 x", "3.5 x"),
        ("3 - x", "3 - x"),
    ],
)
def test_a_line_begins_no_list(line: str, escaped: str) -> None:
    assert chat.escape_first(line) == escaped
    assert html.unescape(feishu.escape_first(line)) == line
    assert (feishu.escape_first(line) == line) == (escaped == line)


@pytest.mark.parametrize(
    ("dialect", "parts"),
    [
        (Dialect.TEXT, ["【甲】\n", "\n· 甲：甲", "\n  - 甲：", f"\n----\n登记办结情况：{LINK}\n"]),
        (
            Dialect.WECOM,
            [
                "## 1 项工作已逾期，1 项即将到期：甲\n\n甲，您好！\n\n### 甲\n\n**已逾期：**\n· 甲：甲，",
                '<font color="warning">已逾期 3 天</font>\n',
                "\n> 甲：1 项\n",
                f'\n[登记办结情况]({LINK})\n<font color="comment">如何答复：',
            ],
        ),
        (
            Dialect.DINGTALK,
            [
                "## 1 项工作已逾期，1 项即将到期：甲\n\n甲，您好！\n\n### 甲\n\n**已逾期：**\n\n- 甲：甲，",
                "**已逾期 3 天**\n\n**即将到期：**",
                "\n  - 甲：1 项\n",
                f"\n\n[登记办结情况]({LINK})\n\n> 如何答复：",
            ],
        ),
        (
            Dialect.FEISHU,
            [
                "甲，您好！\n\n**甲**\n\n已逾期：\n• 甲：甲，",
                "<font color='red'>已逾期 3 天</font>\n",
                "\n　◦ 甲：1 项\n",
                f"\n[登记办结情况]({LINK})\n<font color='grey'>如何答复：",
            ],
        ),
    ],
)
def test_each_dialect_in_its_own_markup(dialect: Dialect, parts: list[str]) -> None:
    body = render_digest(digest_naming("甲"), speaking(dialect), LINK).body
    assert [part for part in parts if part not in body] == []


@pytest.mark.parametrize(
    ("dialect", "greeting"),
    [
        (Dialect.TEXT, "1. - x，您好！"),
        (Dialect.WECOM, "1． - x，您好！"),
        (Dialect.DINGTALK, "1． - x，您好！"),
        (Dialect.FEISHU, "1&#46; - x，您好！"),
    ],
)
def test_a_name_at_the_beginning_of_a_line_begins_no_list(dialect: Dialect, greeting: str) -> None:
    assert greeting in render_digest(digest_naming("1. - x"), speaking(dialect)).body.splitlines()


@pytest.mark.parametrize("dialect", [found for found in Dialect if found is not Dialect.SHORT])
def test_a_line_that_the_template_breaks_is_broken_in_plain_text_alone(dialect: Dialect) -> None:
    words = render_digest(digest_naming("A", EN), speaking(dialect))
    whole = "or tell the campaign&#x27;s coordinator" if words.html else "or tell the campaign's coordinator"
    assert ("or tell\nthe campaign's coordinator" in words.body) == (dialect in {Dialect.TEXT, Dialect.MAIL})
    assert (whole in (words.html or words.body)) == (dialect is not Dialect.TEXT)


@pytest.mark.parametrize("kinds", [["item"], ["item", "subitem"], ["subitem"], ["subitem", "item"], ["item", "note"]])
def test_mail_closes_its_lists(kinds: list[str]) -> None:
    blocks = tuple(Block(BlockKind(kind), (Run("x"),)) for kind in kinds)
    assert _Reader(write_html(Composition("x", blocks), ZH)).open == []


@pytest.mark.parametrize("language", Language)
def test_a_short_message_is_the_subject_and_the_link(language: Language) -> None:
    digest = digest_naming("甲", language)
    words = render_digest(digest, speaking(Dialect.SHORT), LINK)
    assert words.body == f"{words.subject} {LINK}"
    assert render_digest(digest, speaking(Dialect.SHORT)).body == words.subject
    assert words.html is None


class _Reader(HTMLParser):
    """Keeps what a page is made of, and the tags that are open."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str | None] = []
        self.shown: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value for key, value in attrs if key in {"href", "src"}]
        if tag not in {"meta", "hr"}:
            self.open.append(tag)
        assert {key for key, _ in attrs} <= {"style", "href", "charset", "name", "content", "lang"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", [*NOWHERE, *MARKUP, "\"'&lt;", "</li></ul></body>"])
def test_mail_is_well_formed_whatever_the_names(name: str, language: Language) -> None:
    words = render_digest(digest_naming(name, language), speaking(Dialect.MAIL), LINK)
    assert words.html is not None
    page = _Reader(words.html)
    assert page.open == []
    assert page.links == [LINK]
    assert set(page.seen) <= {"html", "head", "meta", "title", "body", "p", "h2", "h3", "ul", "li", "strong", "hr", "a"}
    assert {"html", "title", "h2", "h3", "ul", "li", "p"} <= set(page.seen)
    shown = "".join(page.shown)
    plain = render_digest(digest_naming(name, language), speaking(Dialect.TEXT), LINK).body
    assert [entry[2:] for entry in plain.splitlines() if entry[:2] in {"· ", "* "} and entry[2:] not in shown] == []
    assert words.body == plain


def test_mail_brings_nothing_from_elsewhere() -> None:
    page = render_digest(digest_naming("甲"), speaking(Dialect.MAIL)).html or ""
    assert not re.search(r"https?:|url\(|<img|<script|<style|<link|background", page)


def test_what_is_not_mail_has_no_html() -> None:
    assert [
        render_digest(digest_naming("甲"), speaking(dialect)).html for dialect in set(Dialect) - {Dialect.MAIL}
    ] == [None] * 5
