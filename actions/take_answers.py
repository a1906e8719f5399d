"""Take answers that were filled in offline: what is new is written, what contradicts is shown, nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from actions.answers.judging import Contradiction, New, Unchanged, Verdict, held_back, judge
from actions.answers.standing import Conflict, conflict_of, lock_standing
from actions.assignments.figures import WrongFigures
from actions.assignments.seen import seen_of
from actions.complete import Answer, Receipt, complete_each
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.said import Said
from models.database import joint_transaction, transaction
from models.scope import EVERYTHING, Scope
from sheets.answers.filled import FilledForm, FilledRow, Kept


@dataclass(frozen=True, slots=True)
class TakenAnswers:
    """What became of a workbook of answers, row by row.

    `done` are the answers that were written, or would be; `unchanged` counts the rows that say what stands already,
    `blank` those that say nothing, `moved` those of `done` whose last day was changed since the sheet was made.
    Whatever was not taken stands in `conflicts` or `kept`.
    """

    campaign: str
    done: tuple[Receipt, ...]
    unchanged: int
    blank: int
    moved: int
    conflicts: tuple[Conflict, ...]
    kept: tuple[Kept, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything that was filled in stands now."""
        return not self.conflicts and not self.kept


class _Looked(Exception):
    """Ends a transaction that was to be looked at only."""

    def __init__(self, taken: TakenAnswers) -> None:
        super().__init__()
        self.taken = taken


def take_answers(
    house: House,
    form: FilledForm,
    *,
    campaign: str | None = None,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
    dry_run: bool = False,
) -> TakenAnswers:
    """Write the answers of a form that are new, in one transaction; each row stands for itself.

    `campaign` is whose form it has to be; where it is not given, that of its rows. The same form again changes
    nothing. With `dry_run` nothing is written, and what is returned is what would be. Raises Unknown for a campaign
    that is not there, Refusal for a form without a row.
    """
    code = campaign or _campaign_of(form)
    try:
        with joint_transaction(house.engine):
            taken = _take(house, code, form, actor, now, scope)
            if dry_run:
                raise _Looked(taken)  # noqa: TRY301 - what undoes the transaction
    except _Looked as looked:
        return looked.taken
    return taken


def _campaign_of(form: FilledForm) -> str:
    if not form.rows:
        raise Refusal("the file has no row of answers that Rollcall made; export a workbook, and fill that in")
    return form.rows[0].campaign


def _take(house: House, campaign: str, form: FilledForm, actor: str, now: datetime, scope: Scope) -> TakenAnswers:
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        verdicts = _judged(session, rulebook, form.rows, scope)
        found = [verdict for verdict in verdicts if isinstance(verdict, Contradiction)]
        conflicts = tuple(conflict_of(session, rulebook, each) for each in found)
    new = [verdict for verdict in verdicts if isinstance(verdict, New)]
    outcomes = complete_each(house, campaign, [_answer(each, actor, now, scope) for each in new])
    kept = [*form.strays, *(cell for verdict in verdicts if isinstance(verdict, tuple) for cell in verdict)]
    done: list[Receipt] = []
    moved = 0
    for each, outcome in zip(new, outcomes, strict=True):
        if isinstance(outcome, Refusal):
            kept.extend(_refused(each.row, outcome))
        else:
            done.append(outcome)
            moved += each.row.seen != seen_of(each.stands.work)
    silent = [verdict.is_blank for verdict in verdicts if isinstance(verdict, Unchanged)]
    blank = sum(silent)
    return TakenAnswers(campaign, tuple(done), len(silent) - blank, blank, moved, conflicts, tuple(kept))


def _judged(session: Session, rulebook: Rulebook, rows: Sequence[FilledRow], scope: Scope) -> list[Verdict]:
    own = [row for row in rows if row.campaign == rulebook.campaign.code]
    standing = lock_standing(session, rulebook, own, scope)
    first: dict[int, New] = {}
    verdicts: list[Verdict] = []
    for row in rows:
        if row.campaign != rulebook.campaign.code:
            other = Said("is an answer in campaign {campaign}, not in this one", campaign=row.campaign)
            verdicts.append(tuple(Kept(cell, other) for cell in row.answers) or Unchanged(is_blank=True))
            continue
        verdict = judge(row, standing[row.branch, row.task])
        if isinstance(verdict, New):
            verdict = _once(verdict, first.setdefault(verdict.stands.work.id, verdict))
        verdicts.append(verdict)
    return verdicts


def _once(verdict: New, first: New) -> Verdict:
    """Let the first of several rows about the same work count; others that say the same do no harm."""
    if verdict is first:
        return verdict
    if verdict.typed == first.typed:
        return Unchanged(is_blank=False)
    cell = first.row.done
    twice = Said("another row answers the same, and otherwise: {sheet}!{cell}", sheet=cell.sheet, cell=cell.at)
    return tuple(Kept(cell, twice) for cell in verdict.row.answers)


def _answer(new: New, actor: str, now: datetime, scope: Scope) -> Answer:
    return Answer(
        branch=new.row.branch,
        task=new.row.task,
        at=now,
        actor=actor,
        figures=new.typed.figures,
        note=new.typed.note,
        seen=seen_of(new.stands.work),
        scope=scope,
    )


def _refused(row: FilledRow, refusal: Refusal) -> tuple[Kept, ...]:
    """Say at the cells of a row why its answer was refused."""
    faults = refusal.faults if isinstance(refusal, WrongFigures) else {}
    cells = dict(reversed(row.figures)) | dict(reversed(row.given))
    found = [Kept(cells[code], fault.said) for code, fault in faults.items() if code in cells]
    return held_back(row, found or [Kept(row.done, refusal.said)])
