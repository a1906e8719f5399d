"""The report of a campaign, to be taken away: as far as the caller's scope reaches, as it stands now."""

from enum import StrEnum
from urllib.parse import quote

from fastapi import APIRouter, Response

from actions.reading.report.summary import read_report
from reports.summary import write_summary_document
from reports.workbook import write_workbook
from web.identity.doors import User, caller_of

router = APIRouter()

OFFICE = "application/vnd.openxmlformats-officedocument"


class Ending(StrEnum):
    """The files that there are of it."""

    DOCX = "docx"
    XLSX = "xlsx"


@router.get("/campaigns/{campaign}/report.{ending}")
def take_report(here: User, campaign: str, ending: Ending) -> Response:
    """Write the report in the reader's language; Forbidden to whoever sees branches alone."""
    report = read_report(here.house, campaign, now=here.now, scope=caller_of(here).scope)
    if ending is Ending.DOCX:
        content = write_summary_document(report, here.language, written_at=here.now)
        kind = f"{OFFICE}.wordprocessingml.document"
    else:
        content, kind = write_workbook(report, here.language, written_at=here.now), f"{OFFICE}.spreadsheetml.sheet"
    name = quote(f"{campaign}-{report.written_on}.{ending}", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "private, no-cache"}
    return Response(content, media_type=kind, headers=headers)
