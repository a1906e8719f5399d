"""Load a sample into an empty home: through the actions, day by day, so that every entry has its event."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import select

from actions.add_officer import NewOfficer, add_officer
from actions.complete import Answer, complete
from actions.enter import enter
from actions.house import House
from actions.import_registry import import_registry
from actions.launch import launch
from actions.registry.reading import read_file
from actions.rulebook import open_rulebook
from config.definition.file import load_definition
from config.definition.schema import Definition
from config.errors import Refusal
from config.ledgers.all import by_ledger
from config.ledgers.entry import Entry
from config.registry import Column
from config.samples.draws import draw
from config.sheets import Source
from config.vocabulary import OfficerRole
from flows.patrol import patrol
from models.branch import Branch
from models.campaign import Campaign
from models.database import snapshot
from models.queries import windows_of
from simulation.demo import BEGUN
from simulation.passing import pass_up
from simulation.samples.sample import Cells, Sample

MORNING, NOON, EVENING = time(9), time(12), time(17, 30)
ACTOR = "sample"
BEFORE, AFTER = timedelta(days=7), timedelta(days=30)


def load_sample(house: House, sample: Sample) -> bool:
    """Load a sample and play it to its end; tell whether it was not there already.

    Killed on the way, `simulation.demo.open_demo_house` throws away what is left. Raises Refusal for a home that holds
    another registry.
    """
    with snapshot(house.engine) as session:
        if session.exec(select(Campaign.id).where(Campaign.code == sample.code)).one_or_none() is not None:
            return False
        if session.exec(select(Branch.id).limit(1)).one_or_none() is not None:
            raise Refusal("home {home}: holds a registry already; name an empty folder with --home", home=house.home)
    marker = house.home / BEGUN
    marker.touch()
    loaded = load_definition(sample.definition)
    definition = loaded.definition
    launched_at = _at(definition, sample.first - BEFORE, MORNING)
    _register(house, sample, launched_at)
    launch(house, loaded, actor=ACTOR, now=launched_at)
    last = _play(house, sample, definition)
    sample.finish(house)
    patrol(house, _at(definition, last + AFTER, MORNING))
    marker.unlink()
    return True


def _register(house: House, sample: Sample, now: datetime) -> None:
    name = f"{sample.code}.csv"
    read = read_file(house, Source(name, data=_as_csv(sample.registry)))
    imported = import_registry(house, read, actor=ACTOR, now=now)
    if imported.rejected:
        raise Refusal("{file}: cannot be taken: {why}", file=name, why=imported.rejected[0])
    for helper in sample.helpers:
        new = NewOfficer(helper.code, helper.name, OfficerRole.LIAISON, helper.unit, f"folder://{helper.code}")
        add_officer(house, new, actor=ACTOR, now=now)


def _as_csv(rows: Sequence[Cells]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(Column), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _play(house: House, sample: Sample, definition: Definition) -> date:
    """Open each window on its day, let branches answer at noon, and write the ledgers in the evening.

    Returns are passed on the morning after everybody has answered. Return the last day.
    """
    with snapshot(house.engine) as session:
        windows = [
            (place.stage.code, place.window.first_day, place.window.last_day)
            for place in windows_of(session, open_rulebook(session, house, sample.code).campaign)
        ]
    answers = _answers(sample, definition, windows)
    entries: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in sample.entries:
        entries[entry.day].append(entry)
    openings = {first for _, first, _ in windows}
    returned = {last + timedelta(days=1): stage for stage, _, last in windows if definition.stage(stage).period}
    days = sorted({*openings, *answers, *entries, *returned, sample.last})
    for day in days:
        if day in returned:
            pass_up(house, sample.code, returned[day], actor=ACTOR, now=_at(definition, day, MORNING))
        if day in openings:
            patrol(house, _at(definition, day, MORNING))
        if day in answers:
            complete(house, sample.code, answers[day])
        for of_a_ledger in by_ledger(entries[day]).values():
            enter(house, sample.code, of_a_ledger, actor=ACTOR, now=_at(definition, day, EVENING))
    return days[-1]


def _answers(
    sample: Sample, definition: Definition, windows: Sequence[tuple[str, date, date]]
) -> dict[date, list[Answer]]:
    """Let every branch answer every task on a day of its window."""
    branches = [row[Column.BRANCH_CODE] for row in sample.registry if Column.BRANCH_CODE in row]
    answers: defaultdict[date, list[Answer]] = defaultdict(list)
    for code, first, last in windows:
        stage = definition.stage(code)
        for task in stage.tasks:
            for branch in branches:
                later = int((last - first).days * draw(sample.code, branch, task.code, "answer"))
                day = first + timedelta(days=later)
                at, figures = _at(definition, day, NOON), sample.figures(branch, stage, task)
                answers[day].append(Answer(branch, f"{code}/{task.code}", at, branch, figures))
    return answers


def _at(definition: Definition, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, definition.zone).astimezone(UTC)
