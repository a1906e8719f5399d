"""Study: branches learn, and those that fall behind are seen in the middle of it."""

from datetime import datetime

from actions.announce import announce
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import StageCall
from actions.windows.due import check_paces, open_windows, try_gates
from flows.report import StageReport


def study(house: House, call: StageCall, now: datetime) -> StageReport:
    """Take a study stage one step further; repeated or killed anywhere, the result is the same.

    In the middle of each window its branches are held against the pace that the calendar asks for.
    """
    opened = open_windows(house, call, now=now)
    notices = announce(house, call, now=now)
    check_paces(house, call, now=now)
    notices += plan_reminders(house, call.campaign, call.stage, now=now)
    tried = try_gates(house, call, now=now)
    return StageReport.of(opened, notices, tried)
