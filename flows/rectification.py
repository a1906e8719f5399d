"""Rectification: problems are solved by their dates, and the campaign is summed up."""

from datetime import datetime

from actions.announce import announce
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import StageCall
from actions.windows.due import open_windows, try_gates
from actions.write_summary import write_summary
from flows.report import StageReport


def rectification(house: House, call: StageCall, now: datetime) -> StageReport:
    """Take a rectification stage one step further; repeated or killed anywhere, the result is the same.

    Open problems are reminded by the same sweep as tasks, the share solved is a reason of its gate, and
    closing a window writes the summary.
    """
    opened = open_windows(house, call, now=now)
    notices = announce(house, call, now=now)
    notices += plan_reminders(house, call.campaign, call.stage, now=now)
    report = StageReport.of(opened, notices, try_gates(house, call, now=now))
    if report.closed:
        write_summary(house, call.campaign, now=now)
    return report
