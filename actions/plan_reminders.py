"""Plan reminders: find what reached a rung, and put it into the one notice of each person's day."""

from datetime import datetime

from actions.events import PATROL, event_row, record
from actions.house import House
from actions.reminders.due_work import sources
from actions.reminders.lines import reminder_lines
from actions.reminders.notices import tell_in_digests
from actions.returns.resting import rest_passed_on
from actions.rulebook import open_rulebook
from config.vocabulary import EventKind
from models.database import transaction
from models.queries import find_stage


def plan_reminders(house: House, campaign: str, stage: str, *, now: datetime) -> int:
    """Plan what a stage's open work has reached since the last time; return how many notices were made.

    In one transaction: every rung reached by `now` is merged into the highest for each person, the lines
    go into the one notice of (officer, send day), and each row's next reminder moves on. The cost follows
    what is due. Repeated at the same instant it finds nothing; killed, it leaves nothing.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        stage_id = find_stage(session, rulebook.campaign, stage).id
        if rulebook.definition.stage(stage).period is not None:
            rest_passed_on(session, stage_id, now)
        due = [(source, keys) for source in sources(session, stage_id, now) if (keys := source.keys(session))]
        if not due:
            return 0
        reached = [(source, {key: rulebook.ladder.reached(*key, now) for key in keys}) for source, keys in due]
        lines = {source.line_column: reminder_lines(session, source, found) for source, found in reached}
        put_off = {source.line_column for source, _ in due if source.has_put_off(session)}
        told = tell_in_digests(session, rulebook, lines, now, put_off=put_off)
        moved = sum(source.move_on(session, found) for source, found in reached)
        planned = event_row(
            EventKind.NOTICES_PLANNED,
            stage,
            at=now,
            actor=PATROL,
            campaign_id=rulebook.campaign_id,
            after={"notices": told.notices, "reminded": moved},
        )
        record(session, planned)
        return told.notices
