"""The parts of a Word document stand in the order of its schema; Word takes one with others for damaged."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from config.vocabulary import Language
from reports.blank.writing import BLANKS
from reports.issue import write_issue_document
from reports.summary import write_summary_document
from tests.reports.values import WRITTEN_AT, a_bulletin, a_report

ORDER = {
    "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang",
    "w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "w:lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}
"""Of each part, what may stand in it, in the order of ISO/IEC 29500."""


def out_of_order(document: bytes) -> Iterator[tuple[str, str, str]]:
    """Find two neighbours that stand the wrong way round, or beside what the lists above do not have."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            root = parse_xml(package.read(name))
            for part, order in ORDER.items():
                known = [qn(f"w:{each}") for each in order.split()]
                for found in root.iter(qn(part)):
                    for one, other in pairwise(child.tag for child in found):
                        if one not in known or other not in known or known.index(one) > known.index(other):
                            yield name, part, f"{one} {other}"


@pytest.mark.parametrize("name", BLANKS)
def test_the_parts_of_a_template_stand_in_their_order(name: str) -> None:
    assert [*out_of_order(BLANKS[name]())] == []


@pytest.mark.parametrize("language", Language)
def test_the_parts_of_what_is_written_stand_in_their_order(language: Language) -> None:
    report = write_summary_document(a_report(), language, written_at=WRITTEN_AT)
    issue = write_issue_document(a_bulletin(), language, written_at=WRITTEN_AT)
    assert [*out_of_order(report), *out_of_order(issue)] == []
