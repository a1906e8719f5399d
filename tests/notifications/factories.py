"""Make notices to deliver: a campaign at work, and lines about it as the planner writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.add_problem import Finding, add_problems
from actions.house import House
from actions.open_window import open_window
from actions.registry.channels import LONG_AGO
from config.vocabulary import ChannelStatus, NoticeKind, Section
from models.account import Account, Slot
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task, Wave
from models.database import snapshot, transaction
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice, NoticeLine
from models.officer import Channel, Officer
from models.problem import Problem
from models.window import Window
from notifications.channels.services import Rate, service_called
from tests.factories import a_running_house, at

MORNING = at("2009-09-16 08:30")
"""When the notices' send window opens; the survey of unit U1 was due through Monday 14 September."""

EVENING = at("2009-09-16 18:00")
"""When it closes."""


@dataclass(frozen=True, slots=True)
class About:
    """What a line speaks of: a task of a branch, or one of its problems by number."""

    branch: str
    task: str = "survey"
    section: Section = Section.OWN
    problem: int | None = None


def an_open_house(engine: Engine, home: Path, *, branches: int = 3) -> House:
    """A running house in which unit U1 has its mobilization tasks, survey and training."""
    house = a_running_house(engine, home, branches=branches)
    with snapshot(engine) as session:
        window = session.exec(
            select_rows(Window.id)
            .join(Stage, col(Stage.id) == Window.stage_id)
            .join(Wave, col(Wave.id) == Window.wave_id)
            .where(Stage.code == "mobilization", Wave.code == "pilot")
        ).one()
    assert window is not None
    assert open_window(house, window, now=at("2009-09-07 00:00"))
    return house


def a_problem(house: House, branch: str, title: str, due: date | None = None) -> int:
    """A problem that a branch recorded, by its number."""
    (number,) = add_problems(house, "trial", [Finding(branch, title, MORNING, "test", "张三", due)])
    return number


def a_notice(
    house: House,
    officer: str,
    lines: Sequence[About],
    *,
    sends_from: datetime = MORNING,
    sends_until: datetime = EVENING,
) -> int:
    """A planned notice of these lines, as of the deadlines that the work has now."""
    with transaction(house.engine) as session:
        notice = Notice(
            officer_id=_id(session, Officer, officer),
            campaign_id=_id(session, Campaign, "trial"),
            kind=NoticeKind.DIGEST,
            day=sends_from.date(),
            sends_from=sends_from,
            sends_until=sends_until,
            planned_at=sends_from,
        )
        session.add(notice)
        session.flush()
        assert notice.id is not None
        session.add_all(_line(session, notice, about) for about in lines)
        return notice.id


def own_notices(house: House, count: int) -> list[int]:
    """Notices to the officers of U1-1, U1-2, ..., each about the survey and the training of the own branch."""
    codes = [f"U1-{number}" for number in range(1, count + 1)]
    return [a_notice(house, f"O{code}", [About(code), About(code, "training")]) for code in codes]


def set_channel(house: House, officer: str, *addresses: str) -> None:
    """Give an officer these channels, in this order, and disable those there were."""
    with transaction(house.engine) as session:
        officer_id = _id(session, Officer, officer)
        channels = table_of(Channel)
        session.execute(
            update(channels).where(channels.c.officer_id == officer_id).values(status=ChannelStatus.DISABLED, rank=99)
        )
        session.add_all(
            Channel(
                officer_id=officer_id,
                service=address.partition("://")[0],
                address=house.seal.close(address),
                fingerprint=house.seal.fingerprint(address),
                rank=rank,
                on_doubt=service_called(address.partition("://")[0]).on_doubt,
            )
            for rank, address in enumerate(addresses)
        )


def an_account(house: House, *officers: str, rate: Rate | None = None, service: str = "folder") -> int:
    """Put the active channels of officers under one account of their own, with a rate or without."""
    with transaction(house.engine) as session:
        account = Account(
            service=service,
            fingerprint=uuid4().hex,
            rate_count=rate and rate.count,
            rate_seconds=rate and rate.seconds,
        )
        session.add(account)
        session.flush()
        session.add_all(
            Slot(account_id=account.id, number=number, free_at=LONG_AGO)
            for number in range(1, (rate.count if rate else 0) + 1)
        )
        theirs = select(col(Officer.id)).where(col(Officer.code).in_(officers))
        channels = table_of(Channel)
        session.execute(
            update(channels)
            .where(channels.c.officer_id.in_(theirs), channels.c.status == ChannelStatus.ACTIVE)
            .values(account_id=account.id)
        )
        return account.id


def read_account(house: House, account_id: int) -> Account:
    """Read an account as it stands."""
    with snapshot(house.engine) as session:
        return session.get_one(Account, account_id)


def free_slots(house: House, account_id: int, now: datetime) -> int:
    """Count the slots of an account that are free at an instant."""
    with snapshot(house.engine) as session:
        query = select(col(Slot.id)).where(col(Slot.account_id) == account_id, col(Slot.free_at) <= now)
        return len(session.scalars(query).all())


def read_channel(house: House, delivery: Delivery) -> str:
    """Read the address that a delivery goes to."""
    with snapshot(house.engine) as session:
        return house.seal.open(session.get_one(Channel, delivery.channel_id).address)


def read_notice(house: House, notice_id: int) -> Notice:
    """Read a notice as it stands."""
    with snapshot(house.engine) as session:
        return session.get_one(Notice, notice_id)


def read_deliveries(house: House, notice_id: int) -> list[Delivery]:
    """Read the deliveries of a notice, in the order in which they were made."""
    with snapshot(house.engine) as session:
        query = select_rows(Delivery).where(Delivery.notice_id == notice_id).order_by(col(Delivery.id))
        return list(session.exec(query))


def read_attempts(house: House, notice_id: int) -> list[Attempt]:
    """Read every try of a notice's deliveries, in order."""
    with snapshot(house.engine) as session:
        query = (
            select_rows(Attempt)
            .join(Delivery, col(Delivery.id) == Attempt.delivery_id)
            .where(Delivery.notice_id == notice_id)
            .order_by(col(Attempt.delivery_id), col(Attempt.number))
        )
        return list(session.exec(query))


def read_lines(house: House, notice_id: int) -> list[NoticeLine]:
    """Read the lines of a notice, dropped ones included."""
    with snapshot(house.engine) as session:
        query = select_rows(NoticeLine).where(NoticeLine.notice_id == notice_id).order_by(col(NoticeLine.id))
        return list(session.exec(query))


def mails(home: Path) -> list[Path]:
    """List the messages in the folders of a home."""
    return sorted((home / "messages").rglob("*.eml"))


def _line(session: Session, notice: Notice, about: About) -> NoticeLine:
    branch_id = _id(session, Branch, about.branch)
    assert notice.id is not None
    make = partial(NoticeLine, notice_id=notice.id, campaign_id=notice.campaign_id, section=about.section, rung=2)
    if about.problem is not None:
        problem = session.exec(select_rows(Problem).where(Problem.number == about.problem)).one()
        assert problem.due_at is not None
        return make(problem_id=problem.id, due_at=problem.due_at)
    work = session.exec(
        select_rows(Assignment)
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(Assignment.branch_id == branch_id, Task.code == about.task)
    ).one()
    return make(assignment_id=work.id, due_at=work.due_at)


def _id(session: Session, model: type[Officer | Campaign | Branch], code: str) -> int:
    found: Iterable[int | None] = session.scalars(select(col(model.id)).where(col(model.code) == code))
    (key,) = found
    assert key is not None
    return key
