"""Write the summary of a campaign: the report that is made of what was recorded on the way."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import Session, col

from actions.close_window import read_blockers
from actions.house import House
from actions.measures.work_done import counted_work_of
from actions.reading.report.summary import read_report
from actions.reading.standing import campaign_standing
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import NoticeStatus, ProblemStatus
from models.database import snapshot
from models.problem import Problem
from models.queries import WindowPlace, windows_of
from notifications.writing.summary import (
    CampaignSummary,
    FigureTotal,
    NoticeTotals,
    Override,
    UnitSummary,
    WindowSummary,
    render_summary,
)
from reports.file import replace_file
from reports.report import Report
from reports.summary import write_summary_document
from reports.workbook import write_workbook
from rules.deadlines import local_day
from rules.progress import Tally


def write_summary(house: House, campaign: str, *, now: datetime) -> Path:
    """Write the summary to the home's reports folder and return the path of its Markdown.

    Beside it lie the report as a Word document and as a workbook. Each file is replaced as a whole, so that a kill
    leaves the old one or the new one. Repeated at the same state and instant, they are the same to the last byte.
    """
    report = read_report(house, campaign, now=now)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        summary = _sum_up(session, rulebook, report, now)
    language = house.settings.language
    folder = house.home / "reports"
    folder.mkdir(exist_ok=True)
    file = folder / f"{campaign}-summary.md"
    replace_file(file.with_suffix(".docx"), write_summary_document(report, language, written_at=now))
    replace_file(file.with_suffix(".xlsx"), write_workbook(report, language, written_at=now))
    replace_file(file, render_summary(summary, language).encode())
    return file


def _sum_up(session: Session, rulebook: Rulebook, report: Report, now: datetime) -> CampaignSummary:
    standing = campaign_standing(session, rulebook.campaign, counted_work_of(rulebook.campaign, now))
    places = windows_of(session, rulebook.campaign)
    tallies = {(window.stage, window.wave): window.tally for window in standing.windows}
    found, solved = _problems(session, rulebook)
    return CampaignSummary(
        title=rulebook.definition.title,
        first_day=min(place.window.first_day for place in places),
        last_day=max(place.window.last_day for place in places),
        written_on=local_day(now, rulebook.zone),
        branches=standing.branches,
        members=standing.members,
        windows=tuple(_window(rulebook, place, tallies[place.stage.code, place.wave.code]) for place in places),
        figures=tuple(FigureTotal(row.stage, row.task, row.name, row.kind, row.total) for row in report.asked.rows),
        units=tuple(UnitSummary(unit.name, unit.branches, unit.tally) for unit in standing.units),
        problems_found=found,
        problems_solved=solved,
        notices=NoticeTotals(
            sent=standing.notices[NoticeStatus.SENT],
            cancelled=standing.notices[NoticeStatus.CANCELLED],
            held=standing.notices[NoticeStatus.HELD],
            dead=standing.notices[NoticeStatus.DEAD],
        ),
        overrides=tuple(_overrides(rulebook, places)),
    )


def _window(rulebook: Rulebook, place: WindowPlace, tally: Tally) -> WindowSummary:
    window = place.window
    return WindowSummary(
        stage=rulebook.definition.stage(place.stage.code).title,
        wave=rulebook.definition.wave(place.wave.code).name,
        status=window.status,
        first_day=window.first_day,
        last_day=window.last_day,
        closed_on=local_day(window.closed_at, rulebook.zone) if window.closed_at else None,
        tally=tally,
        blockers=read_blockers(window),
    )


def _problems(session: Session, rulebook: Rulebook) -> tuple[int, int]:
    query = (
        select(col(Problem.status), func.count())
        .where(col(Problem.campaign_id) == rulebook.campaign_id)
        .group_by(col(Problem.status))
    )
    counts = dict(session.execute(query).tuples().all())
    return sum(counts.values()), counts.get(ProblemStatus.SOLVED, 0)


def _overrides(rulebook: Rulebook, places: list[WindowPlace]) -> list[Override]:
    return [
        Override(
            gate=place.label,
            on=local_day(place.window.overridden_at, rulebook.zone),
            by=place.window.overridden_by or "",
            reason=place.window.override_reason or "",
        )
        for place in places
        if place.window.overridden_at
    ]
