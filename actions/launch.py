"""Launch a campaign: put a definition to work."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session, select

from actions.check import check_definition
from actions.enrol import enrol
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook
from actions.windows.plan import plan_window
from config.definition.file import LoadedDefinition
from config.definition.schema import Definition
from config.errors import Fault, Refusal
from config.vocabulary import BranchStatus, EventKind
from models.branch import Branch
from models.campaign import Campaign, Stage, Task, Wave
from models.database import transaction
from models.queries import find_unit
from models.window import Window
from rules.schedule import plan_windows, start_day


@dataclass(frozen=True, slots=True)
class Launched:
    """A campaign that has just been put to work."""

    campaign: str
    branches: int
    warnings: tuple[Fault, ...]


def launch(house: House, loaded: LoadedDefinition, *, actor: str, now: datetime) -> Launched:
    """Copy the definition, plan its windows and enrol every active branch, in one transaction.

    Waves that start relative to the launch are placed by the local day of `now`. Raises CampaignFileError
    for what is wrong in the file, Refusal when the code is taken or nobody would take part; the database
    is then as it was.
    """
    with transaction(house.engine) as session:
        checked = check_definition(session, house, loaded, now)
        definition = _named_by_codes(session, checked.definition)
        if session.exec(select(Campaign).where(Campaign.code == definition.code)).one_or_none():
            raise Refusal(
                "campaign {campaign}: launched already; give the file another code to run it again",
                campaign=definition.code,
            )
        if session.exec(select(Branch.id).where(Branch.status == BranchStatus.ACTIVE).limit(1)).one_or_none() is None:
            raise Refusal(
                "campaign {campaign}: there is no active branch yet; import a registry first", campaign=definition.code
            )
        campaign = Campaign(
            code=definition.code, definition=definition.model_dump_json(), launched_at=now, launched_by=actor
        )
        session.add(campaign)
        session.flush()
        rulebook = Rulebook(campaign, definition, checked.calendar)
        _plan(session, rulebook)
        branches = enrol(session, rulebook, since=None)
        if not branches:
            raise Refusal(
                "campaign {campaign}: no active branch lies in the units of its waves", campaign=definition.code
            )
        after = {"branches": branches, "revision": campaign.revision}
        launched = event_row(
            EventKind.CAMPAIGN_LAUNCHED,
            definition.code,
            at=now,
            actor=actor,
            campaign_id=campaign.id,
            after=after,
        )
        record(session, launched)
        return Launched(definition.code, branches, checked.warnings)


def _named_by_codes(session: Session, definition: Definition) -> Definition:
    """Name the units of the waves by their codes: a unit may get another name while the campaign runs."""
    waves = tuple(
        wave.model_copy(update={"units": tuple(find_unit(session, name).code for name in wave.units)})
        for wave in definition.waves
    )
    return definition.model_copy(update={"waves": waves})


def _plan(session: Session, rulebook: Rulebook) -> None:
    """Add waves, stages, tasks and windows; a window that awaits another stage gets its forecast."""
    definition, campaign_id = rulebook.definition, rulebook.campaign_id
    waves = {
        spec.code: Wave(campaign_id=campaign_id, code=spec.code, position=position, starts=start_day(spec))
        for position, spec in enumerate(definition.waves)
    }
    stages = {
        spec.code: Stage(campaign_id=campaign_id, code=spec.code, kind=spec.kind, position=position)
        for position, spec in enumerate(definition.stages)
    }
    session.add_all([*waves.values(), *stages.values()])
    session.flush()
    for spec in definition.stages:
        stage_id = stages[spec.code].id
        session.add_all(
            Task(stage_id=stage_id, code=task.code, position=position) for position, task in enumerate(spec.tasks)
        )
    for planned in plan_windows(definition, rulebook.calendar):
        stage = stages[planned.stage]
        window = Window(
            stage_id=stage.id,
            wave_id=waves[planned.wave].id,
            awaits_id=_awaited(definition, planned.stage, stages),
            **asdict(plan_window(planned.days, stage.kind, rulebook)),
        )
        session.add(window)
    session.flush()


def _awaited(definition: Definition, code: str, stages: Mapping[str, Stage]) -> int | None:
    opens = definition.stage(code).opens
    return stages[opens.stage].id if opens.stage else None
