"""Calendars, campaigns and ladders for the tests of the rules, from the words that a campaign file uses."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.calendars import Calendar, load_calendar
from config.definition.expressions import DueRule
from config.definition.ladder import Reminders
from config.definition.schema import Definition
from rules.deadlines import end_of
from rules.reminders import Ladder

CHINA = load_calendar("CN")
GERMANY = load_calendar("DE")
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


def day(text: str) -> date:
    """Read a day of September 2009 from two digits, of 2009 from `10-08`, else from the whole date."""
    return date.fromisoformat("2009-09-"[: 10 - len(text)] + text)


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Read a local instant such as `18 08:30`; the day as in `day`."""
    on, clock = text.split()
    return datetime.fromisoformat(f"{day(on)} {clock}").replace(tzinfo=zone)


def due_rule(text: str) -> DueRule:
    return DueRule.parse(text)


def due_at(last_day: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return end_of(day(last_day), zone)


def reminders(*rungs: dict[str, Any], **window: str) -> Reminders:
    """Make reminders of the rungs given, else of the usual ladder; `opens` stands for the window's `from`."""
    said: dict[str, Any] = {"rungs": rungs} if rungs else {}
    if window:
        said["window"] = {"from" if key == "opens" else key: value for key, value in window.items()}
    return Reminders.model_validate(said)


def ladder(*rungs: dict[str, Any], calendar: Calendar = CHINA, zone: ZoneInfo = SHANGHAI, **window: str) -> Ladder:
    return Ladder(reminders(*rungs, **window), calendar, zone)


def task(due: str, code: str = "survey") -> dict[str, Any]:
    return {"code": code, "title": code, "due": due}


def stage(code: str = "mobilization", *dues: str, opens: str = "wave", lasts: str = "14 workdays") -> dict[str, Any]:
    tasks = [task(due, f"task-{position}") for position, due in enumerate(dues)]
    return {"code": code, "opens": opens, "lasts": lasts, "tasks": tasks}


def campaign(*stages: dict[str, Any], **said: Any) -> Definition:
    """Make a campaign in two waves, as in Baoding: a pilot from 7 September 2009, everyone else from the 14th."""
    waves = [{"code": "pilot", "starts": "2009-09-07", "units": ["安国市"]}, {"code": "main", "starts": "2009-09-14"}]
    usual = {"code": "baoding", "title": "保定", "timezone": "Asia/Shanghai", "calendar": "CN", "waves": waves}
    return Definition.model_validate(usual | {"stages": stages or [stage()]} | said)
