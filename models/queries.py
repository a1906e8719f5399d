"""Find rows by the codes that people use; what is not there is said in one clear line."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, or_
from sqlmodel import Session, col, select

from config.errors import Refusal, Unknown
from config.one_line import is_one_line
from config.said import Said
from models.branch import Branch
from models.campaign import Campaign, Stage, Task, Wave
from models.officer import Channel, Officer
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from models.user import User
from models.window import Window


class WindowPlace(NamedTuple):
    """A window together with the stage and the wave that it stands for."""

    window: Window
    stage: Stage
    wave: Wave

    @property
    def label(self) -> str:
        """Name the window the way people do: `study/pilot`."""
        return f"{self.stage.code}/{self.wave.code}"


# What every answer asks is composed once: that takes longer than the asking.
_CAMPAIGN = select(Campaign).where(Campaign.code == bindparam("code"))
_TASKS = (
    select(Stage, Task)
    .join(Task, col(Task.stage_id) == Stage.id)
    .where(Stage.campaign_id == bindparam("campaign"), col(Task.code).in_(bindparam("codes", expanding=True)))
    .order_by(col(Stage.position))
)


def find_campaign(session: Session, code: str) -> Campaign:
    """Return the campaign; Refusal with the codes there are when there is none of that code."""
    campaign = session.exec(_CAMPAIGN, params={"code": code}).one_or_none()
    if campaign is None:
        there = ", ".join(session.exec(select(Campaign.code).order_by(Campaign.code).limit(10))) or "none yet"
        raise Unknown("campaign {code}: not launched here", hint=Said("there are: {there}"), code=code, there=there)
    return campaign


def find_branch(session: Session, code: str, scope: Scope = EVERYTHING) -> Branch:
    """Return the branch; Refusal when there is none of that code inside the scope."""
    branch = session.exec(select(Branch).where(Branch.code == code, scope.branches)).one_or_none()
    if branch is None:
        raise Unknown("branch {code}: not in the registry", code=code)
    return branch


def find_unit(session: Session, name_or_code: str, scope: Scope = EVERYTHING) -> Unit:
    """Return the unit of that code, or of that name where the name is unique inside the scope; Refusal otherwise."""
    named = or_(col(Unit.code) == name_or_code, col(Unit.name) == name_or_code)
    units = session.exec(select(Unit).where(named, scope.units)).all()
    by_code = [unit for unit in units if unit.code == name_or_code]
    found = by_code or units
    if not found:
        raise Unknown("unit {name}: not in the registry, neither as a code nor as a name", name=name_or_code)
    if len(found) > 1:
        codes = ", ".join(sorted(unit.code for unit in found))
        raise Refusal("unit {name}: several units have this name; use a code: {codes}", name=name_or_code, codes=codes)
    return found[0]


def find_officer(session: Session, code: str, scope: Scope = EVERYTHING) -> Officer:
    """Return the officer; Refusal when there is none of that code inside the scope."""
    officer = session.exec(select(Officer).where(Officer.code == code, scope.people)).one_or_none()
    if officer is None:
        raise Unknown("officer {code}: unknown", hint=Said("`rollcall officer list` shows who there is"), code=code)
    return officer


def find_user(session: Session, login: str, *, lock: bool = False) -> User:
    """Return the user of a login, locked where it is to be changed; Refusal when there is none."""
    name = login.strip().casefold()
    query = select(User).where(User.login == name)
    user = session.exec(query.with_for_update() if lock else query).one_or_none() if is_one_line(name) else None
    if user is None:
        raise Unknown("user {login}: unknown", hint=Said("`rollcall user list` shows who there is"), login=login)
    return user


def find_channel(session: Session, number: int, scope: Scope = EVERYTHING) -> tuple[Channel, Officer]:
    """Return the channel of a number, and whom it reaches; Refusal when there is none inside the scope."""
    query = select(Channel, Officer).join(Officer, col(Officer.id) == Channel.officer_id)
    found = session.exec(query.where(Channel.id == number, scope.people)).one_or_none()
    if found is None:
        raise Unknown(
            "channel {number}: there is none of this number",
            hint=Said("`rollcall channel list` shows what there is"),
            number=number,
        )
    return found


def find_stage(session: Session, campaign: Campaign, code: str) -> Stage:
    """Return the stage of a campaign; Refusal with the codes there are when there is none of that code."""
    stages = stages_of(session, campaign)
    for stage in stages:
        if stage.code == code:
            return stage
    raise Unknown(
        "stage {code}: not in campaign {campaign}; it has: {there}",
        code=code,
        campaign=campaign.code,
        there=", ".join(s.code for s in stages),
    )


def find_wave(session: Session, campaign: Campaign, code: str) -> Wave:
    """Return the wave of a campaign; Refusal with the codes there are when there is none of that code."""
    waves = session.exec(select(Wave).where(Wave.campaign_id == campaign.id).order_by(col(Wave.position))).all()
    for wave in waves:
        if wave.code == code:
            return wave
    raise Unknown(
        "wave {code}: not in campaign {campaign}; it has: {there}",
        code=code,
        campaign=campaign.code,
        there=", ".join(w.code for w in waves),
    )


def find_task(session: Session, campaign: Campaign, name: str) -> tuple[Stage, Task]:
    """Return a task named `task`, or `stage/task` where several stages have one of that code.

    Raises Refusal when it is unknown or ambiguous.
    """
    found = find_tasks(session, campaign, [name])[name]
    if isinstance(found, Refusal):
        raise found
    return found


def find_tasks(session: Session, campaign: Campaign, names: Iterable[str]) -> dict[str, tuple[Stage, Task] | Refusal]:
    """Return for each name the task, or why it is none."""
    wanted = {name: name.rpartition("/") for name in names}
    of_campaign = {"campaign": campaign.id, "codes": sorted({code for _, _, code in wanted.values()})}
    there = session.exec(_TASKS, params=of_campaign).all()
    return {
        name: _one_task(
            campaign, name, [each for each in there if each[1].code == code and stage in ("", each[0].code)]
        )
        for name, (stage, _, code) in wanted.items()
    }


def _one_task(campaign: Campaign, name: str, found: Sequence[tuple[Stage, Task]]) -> tuple[Stage, Task] | Refusal:
    if not found:
        return Unknown(
            "task {name}: not in campaign {campaign}",
            hint=Said("`rollcall task list` shows what there is"),
            name=name,
            campaign=campaign.code,
        )
    if len(found) > 1:
        choices = ", ".join(f"{stage.code}/{task.code}" for stage, task in found)
        return Refusal("task {name}: several stages have it; say which: {choices}", name=name, choices=choices)
    return found[0]


def find_window(session: Session, campaign: Campaign, name: str) -> WindowPlace:
    """Return the window named `stage/wave`, or `stage` where the campaign has one wave; Refusal otherwise."""
    stage_code, _, wave_code = name.partition("/")
    stage = find_stage(session, campaign, stage_code)
    places = [place for place in windows_of(session, campaign) if place.stage.id == stage.id]
    found = [place for place in places if wave_code in ("", place.wave.code)]
    there = ", ".join(place.label for place in places)
    if not found:
        raise Unknown("window {name}: there is none; there are: {there}", name=name, there=there)
    if len(found) > 1:
        raise Refusal("window {name}: say which of {choices}", name=name, choices=there)
    return found[0]


def stages_of(session: Session, campaign: Campaign) -> Sequence[Stage]:
    """Return the stages of a campaign in their order."""
    return session.exec(select(Stage).where(Stage.campaign_id == campaign.id).order_by(col(Stage.position))).all()


def windows_of(session: Session, campaign: Campaign) -> list[WindowPlace]:
    """Return the windows of a campaign, stage by stage and wave by wave."""
    query = (
        select(Window, Stage, Wave)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .where(Stage.campaign_id == campaign.id)
        .order_by(col(Stage.position), col(Wave.position))
    )
    return [WindowPlace(*row) for row in session.exec(query)]


def place_of(session: Session, window_id: int) -> WindowPlace:
    """Return one window with its stage and wave."""
    query = (
        select(Window, Stage, Wave)
        .join(Stage, col(Stage.id) == Window.stage_id)
        .join(Wave, col(Wave.id) == Window.wave_id)
        .where(Window.id == window_id)
    )
    return WindowPlace(*session.exec(query).one())


def below(unit: Unit) -> ColumnElement[bool]:
    """Select the units of a subtree, its root included."""
    # Compared as it stands: LIKE takes a for A on SQLite and not on PostgreSQL.
    return func.substr(col(Unit.path), 1, len(unit.path)) == unit.path
