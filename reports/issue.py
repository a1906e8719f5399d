"""A bulletin as a Word document and as PDF, in the form in which offices print them."""

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from config.vocabulary import Language
from notifications.writing.wording import say_day
from reports.bulletin import Bulletin
from reports.fonts import sans, serif
from reports.text import fit
from reports.word import template_of, write_word
from reports.wrapping import wrap

RED = (140, 29, 24)
MARGIN, LINE = 26, 9.5
"""In millimetres."""


def write_issue_document(
    bulletin: Bulletin, language: Language, *, written_at: datetime, template: Path | None = None
) -> bytes:
    """Write an issue by a template of the office's own or the one that comes with Rollcall; Refusal as for reports."""
    facts = {
        "campaign": bulletin.campaign.of(language),
        "note": bulletin.note.of(language) if bulletin.note else "",
        "unit": bulletin.unit,
        "masthead": masthead(bulletin, language),
        "issue": say_issue(bulletin, language),
        "issuer": bulletin.issuer,
        "day": say_day(bulletin.day, language),
        "headline": bulletin.headline,
        "paragraphs": list(bulletin.paragraphs),
    }
    return write_word(template or template_of("bulletin", language), facts, written_at=written_at)


def masthead(bulletin: Bulletin, language: Language) -> str:
    """Return what stands at the head of every issue of a unit."""
    return f"{bulletin.unit}简报" if language is Language.ZH else f"Bulletin of {bulletin.unit}"


def say_issue(bulletin: Bulletin, language: Language) -> str:
    """Say which issue it is, and that it is a draft."""
    if language is Language.ZH:
        return f"第{bulletin.issue}期{'（草稿）' if bulletin.is_draft else ''}"
    return f"Issue {bulletin.issue}{' (draft)' if bulletin.is_draft else ''}"


def write_issue_pdf(bulletin: Bulletin, language: Language, *, written_at: datetime) -> bytes:
    """Write an issue on A4; what is used of the fonts is embedded, so that it looks alike everywhere."""
    paper = FPDF(format="A4")
    paper.set_creation_date(written_at.astimezone(UTC))
    paper.set_title(fit(bulletin.headline))
    paper.set_lang("zh-CN" if language is Language.ZH else "en-GB")
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    paper.add_font("text", "", serif())
    paper.add_font("head", "", sans())
    paper.add_page()
    _write_head(paper, bulletin, language)
    _write_body(paper, bulletin, language)
    return bytes(paper.output())


def _write_head(paper: FPDF, bulletin: Bulletin, language: Language) -> None:
    paper.set_text_color(*RED)
    paper.set_font("head", size=28)
    _line(paper, masthead(bulletin, language), 16, Align.C)
    paper.set_text_color(0)
    paper.set_font("text", size=14)
    _line(paper, say_issue(bulletin, language), LINE, Align.C)
    paper.set_font("text", size=12)
    day = say_day(bulletin.day, language)
    lines = list(wrap(fit(bulletin.issuer), paper.epw - paper.get_string_width(day) - 4, paper.get_string_width))
    for number, line in enumerate(lines, 1):
        is_last = number == len(lines)
        paper.cell(0, LINE, line, new_x=XPos.LMARGIN, new_y=YPos.TOP if is_last else YPos.NEXT)
    paper.cell(0, LINE, day, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_draw_color(*RED)
    paper.set_line_width(0.8)
    paper.line(MARGIN, paper.get_y() + 1, paper.w - MARGIN, paper.get_y() + 1)
    paper.ln(9)


def _write_body(paper: FPDF, bulletin: Bulletin, language: Language) -> None:
    paper.set_font("head", size=18)
    _line(paper, bulletin.headline, 11, Align.C)
    paper.ln(4)
    paper.set_font("text", size=13)
    indent = "　　" if language is Language.ZH else ""
    for paragraph in bulletin.paragraphs:
        _line(paper, indent + paragraph, LINE, Align.L)
        paper.ln(1.5)
    if bulletin.note:
        paper.ln(4)
        paper.set_font("text", size=10)
        paper.set_text_color(90)
        _line(paper, bulletin.note.of(language), 6, Align.L)


def _line(paper: FPDF, text: str, height: float, align: Align) -> None:
    for line in wrap(fit(text), paper.epw, paper.get_string_width):
        paper.cell(0, height, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
