"""What people were told, or will be."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from actions.reading.notice_details import AttemptState, DeliveryState, ExtensionState, NoticeDetail
from actions.reading.notice_lines import LineState
from actions.reading.notices import NoticeState
from actions.reading.stored import say_stored
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.notices import (
    AttemptShape,
    DeliveryShape,
    GivenUpShape,
    GrantShape,
    NoticeAccountShape,
    NoticeDetailShape,
    NoticeLineShape,
    NoticeShape,
)
from config.spoken import say
from config.vocabulary import Language


def notice_shapes(notices: Iterable[NoticeState]) -> tuple[NoticeShape, ...]:
    """Give the notices as `notices list --json` prints them."""
    return tuple(
        NoticeShape(notice.notice, notice.officer, notice.kind, notice.day, notice.status, notice.lines)
        for notice in notices
    )


def account_shapes(details: Iterable[NoticeDetail]) -> Iterator[NoticeAccountShape]:
    """Give notices as `notices list --json` prints those of a campaign or to an officer."""
    for detail in details:
        notice = detail.notice
        yield NoticeAccountShape(
            notice=notice.notice,
            officer=notice.officer,
            kind=notice.kind,
            day=notice.day,
            status=notice.status,
            lines=notice.lines,
            name=notice.officer_name,
            reason=notice.reason,
            sends_from=detail.sends_from,
            sends_until=detail.sends_until,
            extension=_grant_shape(detail.extension),
            why=tuple(map(_line_shape, detail.lines)),
            deliveries=tuple(map(_delivery_shape, detail.deliveries)),
        )


def detail_shape(detail: NoticeDetail) -> NoticeDetailShape:
    """Give a notice as `notices show --json` prints it."""
    notice = detail.notice
    return NoticeDetailShape(
        notice=notice.notice,
        officer=notice.officer,
        name=notice.officer_name,
        kind=notice.kind,
        day=notice.day,
        status=notice.status,
        reason=notice.reason,
        sends_from=detail.sends_from,
        sends_until=detail.sends_until,
        extension=_grant_shape(detail.extension),
        lines=tuple(map(_line_shape, detail.lines)),
        deliveries=tuple(map(_delivery_shape, detail.deliveries)),
    )


def _line_shape(line: LineState) -> NoticeLineShape:
    return NoticeLineShape(
        campaign=line.campaign,
        section=line.section,
        branch=line.branch,
        task=line.task,
        problem=line.problem,
        due=line.due_at,
        rung=line.rung,
        dropped=line.dropped,
        reached=line.reached,
        window=line.window,
        channel=GivenUpShape(**asdict(line.channel)) if line.channel else None,
    )


def _delivery_shape(delivery: DeliveryState) -> DeliveryShape:
    return DeliveryShape(
        service=delivery.service,
        status=delivery.status,
        attempts=tuple(AttemptShape(**asdict(attempt)) for attempt in delivery.attempts),
        not_before=delivery.not_before,
        sent_at=delivery.sent_at,
        receipt=delivery.receipt,
        subject=delivery.subject,
        body=delivery.body,
        html=delivery.html,
    )


def _grant_shape(extension: ExtensionState | None) -> GrantShape | None:
    return GrantShape(**asdict(extension)) if extension else None


def print_notices(notices: Iterable[NoticeState], language: Language) -> None:
    """Print the notices as a table."""
    listed = table(language, *(Label.NOTICE, Label.DAY, Label.OFFICER, Label.STATUS), right=(Label.LINES,))
    for notice in notices:
        status = say(notice.status, language) + (f"\n{say_stored(notice.reason, language)}" if notice.reason else "")
        listed.add_row(
            str(notice.notice), str(notice.day), f"{notice.officer_name} ({notice.officer})", status, str(notice.lines)
        )
    console().print(listed)


def print_notice(detail: NoticeDetail, language: Language) -> None:
    """Print what a notice is about, how it went out, and its text where it is written already."""
    out = console()
    print_notices([detail.notice], language)
    if granted := detail.extension:
        out.print(f"\n{Label.EXTENSION.of(language)}: {granted.until}, {granted.reason} ({granted.by})", soft_wrap=True)
    about = table(language, *(Label.ABOUT, Label.BRANCH, Label.REACHED, Label.SECTION, Label.CAMPAIGN, Label.DROPPED))
    for line in detail.lines:
        dropped = say(line.dropped, language) if line.dropped else ""
        about.add_row(_subject(line), line.branch, line.reached, say(line.section, language), line.campaign, dropped)
    out.print()
    out.print(about)
    out.print()
    for delivery in detail.deliveries:
        status = say(delivery.status, language)
        out.print(f"{delivery.service}: {status} {delivery.receipt or ''}".rstrip(), soft_wrap=True)
        for attempt in delivery.attempts:
            out.print(_attempt_line(attempt, language), soft_wrap=True)
        if delivery.body is not None:
            out.print(f"\n{delivery.subject}\n\n{delivery.body}", soft_wrap=True)


def _subject(line: LineState) -> str:
    """Name what a line is about: `stage/task`, `#7`, `stage/wave`, `officer (service)` or `officer (-)`."""
    if line.channel:
        return f"{line.channel.officer} ({line.channel.service or '-'})"
    return line.task or line.window or f"#{line.problem}"


def _attempt_line(attempt: AttemptState, language: Language) -> str:
    outcome = say(attempt.outcome, language) if attempt.outcome else "..."
    detail = say_stored(attempt.detail or "", language)
    return f"  {attempt.number}. {attempt.started_at:%Y-%m-%d %H:%M:%S}Z {outcome} {detail}".rstrip()
