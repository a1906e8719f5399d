"""Pages as an office sets them: fonts for both scripts, headings that count themselves, a number on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from config.vocabulary import Language

BLACK = RGBColor(0, 0, 0)
LEVELS = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How one language is set: `text`, `heading`, `second` and `cell` are fonts, for its own script and for Latin.

    `indent` is by how many characters a paragraph begins further in, `counts` is how headings are numbered.
    """

    text: tuple[str, str]
    heading: tuple[str, str]
    second: tuple[str, str]
    cell: tuple[str, str]
    cell_size: float
    indent: int
    counts: tuple[tuple[str, str], tuple[str, str]]
    tongue: str


LOOKS: Mapping[Language, Look] = {
    Language.ZH: Look(
        text=("仿宋", "Times New Roman"),
        heading=("黑体", "Arial"),
        second=("楷体", "Times New Roman"),
        cell=("宋体", "Times New Roman"),
        cell_size=10,
        indent=2,
        counts=(("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")),
        tongue="zh-CN",
    ),
    Language.EN: Look(
        text=("宋体", "Times New Roman"),
        heading=("黑体", "Arial"),
        second=("黑体", "Arial"),
        cell=("宋体", "Times New Roman"),
        cell_size=9,
        indent=0,
        counts=(("decimal", "%1."), ("decimal", "%1.%2")),
        tongue="en-GB",
    ),
}


def blank_page(language: Language) -> Document:
    """Return an empty A4 document with the styles `Title`, `Subtitle`, `Heading 1`, `Heading 2`, `Normal`, `Cell`."""
    document, look = docx.Document(), LOOKS[language]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.6)
    _set_styles(document, look)
    _count_headings(document, look)
    _number_pages(document)
    _take_off_the_thumbnail(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "Rollcall", "", ""
    properties.language = look.tongue
    return document


def _take_off_the_thumbnail(document: Document) -> None:
    """Take off the small picture that python-docx's own blank page carries of itself."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def _set_styles(document: Document, look: Look) -> None:
    styles: Any = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(_fonts(*look.text))
    # Latin letters and digits are never Chinese: LibreOffice breaks a number that is said to be, at the end of a line.
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN"/>'))
    _style(styles["Normal"], look.text, 12, before=0, after=4)
    styles["Normal"].paragraph_format.line_spacing = 1.5
    if look.indent:
        _indent(styles["Normal"], look.indent)
    _style(styles["Title"], look.heading, 20, bold=True, before=0, after=6, centred=True)
    _style(styles["Subtitle"], look.second, 14, before=0, after=10, centred=True)
    _style(styles["Heading 1"], look.heading, 15, bold=True, before=16, after=6)
    _style(styles["Heading 2"], look.second, 13, bold=True, before=10, after=4)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2"):
        _indent(styles[name], 0)
    cell = styles.add_style("Cell", 1)
    cell.base_style = styles["Normal"]
    _style(cell, look.cell, look.cell_size, before=1, after=1)
    cell.paragraph_format.line_spacing = 1.0
    _indent(cell, 0)
    note = styles.add_style("Note", 1)
    note.base_style = styles["Normal"]
    _style(note, look.second, 11, before=2, after=2)
    _indent(note, 0)


def _style(
    style: ParagraphStyle,
    fonts: tuple[str, str],
    size: float,
    *,
    before: float,
    after: float,
    bold: bool = False,
    centred: bool = False,
) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    properties.append(_fonts(*fonts))
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = BLACK
    paragraph = style.element.get_or_add_pPr()
    for border in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(border)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if centred:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fonts(east_asian: str, latin: str) -> Any:
    """Name a font for each script; without the second one, Word sets Chinese in whatever it likes."""
    return parse_xml(
        f'<w:rFonts {nsdecls("w")} w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{east_asian}"/>'
    )


def _indent(style: ParagraphStyle, characters: int) -> None:
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(100 * characters))
    indent.set(qn("w:firstLine"), str(240 * characters))


def _count_headings(document: Document, look: Look) -> None:
    """Let headings count themselves, so that one that is left out leaves no gap."""
    numbering: Any = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="{"nothing" if look.indent else "space"}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level, (form, text) in enumerate(look.counts)
    )
    for child in list(numbering):
        numbering.remove(child)
    numbering.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))
    styles: Any = document.styles
    for level in range(LEVELS):
        properties = styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        counted = properties.get_or_add_numPr()
        counted.get_or_add_ilvl().val = level
        counted.get_or_add_numId().val = 1


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Cell"]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001 - fields have no other way in
    paragraph.add_run(" —")
