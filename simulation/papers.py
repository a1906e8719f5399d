"""What simulated branches hand in as evidence: a sheet of paper as PDF, the smallest that is one."""

from io import BytesIO

from actions.add_evidence import NewEvidence
from actions.complete import Answer

_NAME = "plan.pdf"


def evidence_for(answer: Answer) -> NewEvidence:
    """Make the evidence of an answer; it says whose it is, so that no two are alike."""
    paper = BytesIO(_paper(f"{answer.branch} {answer.task}"))
    return NewEvidence(answer.branch, answer.task, _NAME, paper, answer.at, answer.actor)


def _paper(words: str) -> bytes:
    """Write one page with a line on it (PDF 1.4); what is no ASCII is left out."""
    line = words.encode("ascii", "ignore").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 18 Tf 72 720 Td (" + line + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(written),
    )
