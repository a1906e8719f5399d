"""Evidence: files that come with answers, handed out to those who may see the branch."""

from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from actions.reading.evidence import read_evidence
from web.identity.doors import Visitor, caller_of

router = APIRouter()


@router.get("/evidence/{number}")
def show_evidence(here: Visitor, number: int) -> Response:
    """Hand out a file: a picture or a PDF to be looked at, anything else to be kept; nothing in it may run."""
    evidence, content = read_evidence(here.house, number, scope=caller_of(here).scope)
    how = "inline" if evidence.is_shown else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(evidence.name, safe='')}",
        "Content-Length": str(evidence.size),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return StreamingResponse(content, media_type=evidence.media_type, headers=headers)
