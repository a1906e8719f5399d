"""The template of a bulletin: its head in red, above a red rule."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor

from config.vocabulary import Language
from reports.blank.page import blank_page

RED = RGBColor(0x8C, 0x1D, 0x18)


def bulletin_template(language: Language) -> Document:
    """Write the template in one language."""
    document = blank_page(language)
    masthead = document.add_paragraph("{{ masthead }}", "Title").runs[0].font
    masthead.size, masthead.color.rgb = Pt(30), RED
    document.add_paragraph("{{ issue }}", "Subtitle")
    line = document.add_paragraph("{{ issuer }}\t{{ day }}", "Note")
    line.paragraph_format.tab_stops.add_tab_stop(Cm(15.8), WD_TAB_ALIGNMENT.RIGHT)
    rule = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="4" w:color="{RED}"/></w:pBdr>'
    properties = line._p.get_or_add_pPr()  # noqa: SLF001 - a rule has no other way in
    properties.insert_element_before(parse_xml(rule), "w:tabs")
    headline = document.add_paragraph("{{ headline }}", "Subtitle")
    headline.paragraph_format.space_before = Pt(14)
    headline.runs[0].font.size, headline.runs[0].font.bold = Pt(17), True
    document.add_paragraph("{%p for paragraph in paragraphs %}", "Cell")
    body = document.add_paragraph("{{ paragraph }}")
    body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.add_paragraph("{%p endfor %}", "Cell")
    document.add_paragraph("{%p if note %}", "Cell")
    document.add_paragraph("{{ note }}", "Note")
    document.add_paragraph("{%p endif %}", "Cell")
    return document
