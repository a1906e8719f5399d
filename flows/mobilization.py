"""Mobilization: every branch is told, and has an officer who can be reached."""

from datetime import datetime

from actions.announce import announce
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import StageCall
from actions.windows.due import open_windows, try_gates
from flows.report import StageReport


def mobilization(house: House, call: StageCall, now: datetime) -> StageReport:
    """Take a mobilization stage one step further; repeated or killed anywhere, the result is the same.

    Branches without a liaison officer, or whose officer has no channel, are reasons of its gate.
    """
    opened = open_windows(house, call, now=now)
    notices = announce(house, call, now=now)
    notices += plan_reminders(house, call.campaign, call.stage, now=now)
    tried = try_gates(house, call, now=now)
    return StageReport.of(opened, notices, tried)
