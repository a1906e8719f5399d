"""The report of a campaign, to be taken away: as far as the caller's scope reaches, as it stands now."""

from enum import StrEnum

from fastapi import APIRouter, Response

from actions.reading.report.summary import read_report
from config.vocabulary import FileFormat
from reports.summary import write_summary_document
from reports.workbook import write_workbook
from web.downloads import MEDIA_TYPES, attached
from web.identity.doors import User, caller_of

router = APIRouter()

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Ending(StrEnum):
    """The files that there are of it."""

    DOCX = "docx"
    XLSX = "xlsx"


@router.get("/campaigns/{campaign}/report.{ending}")
def take_report(here: User, campaign: str, ending: Ending) -> Response:
    """Write the report in the reader's language; Forbidden to whoever sees branches alone."""
    report = read_report(here.house, campaign, now=here.now, scope=caller_of(here).scope)
    if ending is Ending.DOCX:
        content, kind = write_summary_document(report, here.language, written_at=here.now), WORD
    else:
        content, kind = write_workbook(report, here.language, written_at=here.now), MEDIA_TYPES[FileFormat.XLSX]
    headers = {**attached(f"{campaign}-{report.written_on}.{ending}"), "Cache-Control": "private, no-cache"}
    return Response(content, media_type=kind, headers=headers)
