"""The extensions that branches asked for."""

from collections.abc import Sequence

from actions.reading.requests import BranchRequest
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.work import RequestShape
from config.spoken import say
from config.vocabulary import Language


def request_shapes(found: Sequence[BranchRequest]) -> tuple[RequestShape, ...]:
    """Give the requests as `request list --json` prints them."""
    return tuple(
        RequestShape(
            request=each.request.number,
            campaign=each.campaign,
            branch=each.branch,
            stage=each.stage,
            task=each.task,
            last_day=each.last_day,
            until=each.request.until,
            reason=each.request.reason,
            status=each.request.status,
            asked_at=each.request.asked_at,
            asked_by=each.request.asked_by,
            decided_at=each.request.decided_at,
            decided_by=each.request.decided_by,
            answer=each.request.answer,
        )
        for each in found
    )


def print_requests(found: Sequence[BranchRequest], language: Language) -> None:
    """Print the requests as a table, with the last day as it is and as it was asked for."""
    listed = table(
        language, Label.NUMBER, Label.BRANCH, Label.TASK, Label.LAST_DAY, Label.ENDS, Label.REASON, Label.STATUS
    )
    for each in found:
        request = each.request
        listed.add_row(
            str(request.number),
            f"{each.branch_name}\n{each.branch}",
            f"{each.title.of(language)}\n{each.stage}/{each.task}",
            str(each.last_day),
            str(request.until),
            request.reason,
            say(request.status, language) + (f"\n{request.decided_by}" if request.decided_by else ""),
        )
    console().print(listed)
