"""Bulletins as PDF: with their fonts in them."""

import re
import zlib

import pytest

from config.definition.text import Text
from config.vocabulary import Language
from reports.issue import write_issue_pdf
from tests.reports.values import WRITTEN_AT, a_bulletin

PAGE = re.compile(rb"/Type /Page\n")


def streams(pdf: bytes) -> list[bytes]:
    """What is drawn on the pages, and what the fonts are."""
    found = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return [zlib.decompress(each) if each[:1] == b"x" else each for each in found]


@pytest.mark.parametrize("language", Language)
def test_what_is_used_of_both_fonts_is_embedded(language: Language) -> None:
    pdf = write_issue_pdf(a_bulletin(), language, written_at=WRITTEN_AT)
    assert pdf.startswith(b"%PDF-1.")
    assert len(re.findall(rb"/FontFile[23]? \d+ 0 R", pdf)) == 2
    assert re.findall(rb"/BaseFont /\w{6}\+(NotoSerifSC|NotoSansSC)", pdf)
    assert len(pdf) < 200_000, "of each font only what is used"


def test_each_character_can_be_found_again() -> None:
    told = "".join(map(chr, range(0x4E00, 0x4E40)))
    pdf = write_issue_pdf(a_bulletin(body=told), Language.ZH, written_at=WRITTEN_AT)
    mapped = b"".join(each for each in streams(pdf) if b"beginbfchar" in each or b"beginbfrange" in each).upper()
    assert all(f"{ord(character):04X}".encode() in mapped for character in told)


def test_a_long_issue_has_several_pages() -> None:
    pdf = write_issue_pdf(a_bulletin(body="\n".join(["长段。" * 60] * 12)), Language.ZH, written_at=WRITTEN_AT)
    assert len(PAGE.findall(pdf)) > 1


def test_what_a_font_does_not_have_is_no_reason_to_stop() -> None:
    odd = a_bulletin(headline="𠮷\x00\u202e😀", issuer="很长的单位名称" * 12, note=Text.same("示例"))
    assert write_issue_pdf(odd, Language.ZH, written_at=WRITTEN_AT).startswith(b"%PDF")


def test_the_same_issue_is_the_same_file() -> None:
    first, second = (write_issue_pdf(a_bulletin(), Language.EN, written_at=WRITTEN_AT) for _ in range(2))
    assert first == second
