"""What people were told, or will be."""

from collections.abc import Iterable

from actions.reading.notices import NoticeDetail, NoticeState
from cli.labels import Label, say
from cli.printing import console, table
from cli.shapes import DeliveryShape, NoticeDetailShape, NoticeLineShape, NoticeShape
from config.vocabulary import Language


def notice_shapes(notices: Iterable[NoticeState]) -> tuple[NoticeShape, ...]:
    """Give the notices as `notices list --json` prints them."""
    return tuple(
        NoticeShape(notice.notice, notice.officer, notice.kind, notice.day, notice.status, notice.lines)
        for notice in notices
    )


def print_notices(notices: Iterable[NoticeState], language: Language) -> None:
    """Print the notices as a table."""
    listed = table(language, *(Label.NOTICE, Label.DAY, Label.OFFICER, Label.STATUS), right=(Label.LINES,))
    for notice in notices:
        status = say(notice.status, language) + (f"\n{notice.reason}" if notice.reason else "")
        listed.add_row(
            str(notice.notice), str(notice.day), f"{notice.officer_name} ({notice.officer})", status, str(notice.lines)
        )
    console().print(listed)


def detail_shape(detail: NoticeDetail) -> NoticeDetailShape:
    """Give a notice as `notices show --json` prints it."""
    notice = detail.notice
    return NoticeDetailShape(
        notice=notice.notice,
        officer=notice.officer,
        kind=notice.kind,
        day=notice.day,
        status=notice.status,
        reason=notice.reason,
        sends_from=detail.sends_from,
        sends_until=detail.sends_until,
        lines=tuple(
            NoticeLineShape(
                campaign=line.campaign,
                section=line.section,
                branch=line.branch,
                task=line.task,
                problem=line.problem,
                due=line.due_at,
                rung=line.rung,
                dropped=line.dropped,
            )
            for line in detail.lines
        ),
        deliveries=tuple(
            DeliveryShape(
                service=delivery.service,
                status=delivery.status,
                attempts=delivery.attempts,
                sent_at=delivery.sent_at,
                receipt=delivery.receipt,
                subject=delivery.subject,
                body=delivery.body,
            )
            for delivery in detail.deliveries
        ),
    )


def print_notice(detail: NoticeDetail, language: Language) -> None:
    """Print what a notice is about, how it went out, and its text where it is written already."""
    out = console()
    print_notices([detail.notice], language)
    about = table(language, *(Label.TASK, Label.BRANCH, Label.SECTION, Label.CAMPAIGN, Label.DROPPED))
    for line in detail.lines:
        task = line.task or f"#{line.problem}"
        about.add_row(task, line.branch, line.section.value, line.campaign, line.dropped.value if line.dropped else "")
    out.print()
    out.print(about)
    out.print()
    for delivery in detail.deliveries:
        out.print(f"{delivery.service}: {delivery.status.value} {delivery.receipt or ''}".rstrip(), soft_wrap=True)
        if delivery.body is not None:
            out.print(f"\n{delivery.subject}\n\n{delivery.body}", soft_wrap=True)
