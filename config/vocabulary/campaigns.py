"""What a campaign is made of, and how it stands: stages, windows, gates, work and requests."""

from enum import StrEnum


class RequestStatus(StrEnum):
    """What became of an extension that a branch asked for."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CampaignStatus(StrEnum):
    RUNNING = "running"
    ENDED = "ended"


class StageKind(StrEnum):
    """The work that a stage adds beyond opening, chasing and closing."""

    MOBILIZATION = "mobilization"
    STUDY = "study"
    ANALYSIS = "analysis"
    RECTIFICATION = "rectification"
    PLAIN = "plain"


class WindowStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"


AT_WORK = (WindowStatus.OPEN, WindowStatus.HELD)
"""The window has opened, and its gate has not let it close."""


class Otherwise(StrEnum):
    """What a window does at its planned close when its gate still has reasons."""

    HOLD = "hold"
    CLOSE = "close"


class BlockerKind(StrEnum):
    """A reason for which a gate does not let its window close."""

    SHARE_DONE = "share_done"
    APPROVAL = "approval"
    NO_OFFICER = "no_officer"
    NO_CHANNEL = "no_channel"
    NO_FINDING = "no_finding"
    PROBLEM_UNASSIGNED = "problem_unassigned"
    SHARE_SOLVED = "share_solved"


class AssignmentStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"


class ProblemStatus(StrEnum):
    OPEN = "open"
    SOLVED = "solved"


class Standing(StrEnum):
    """How a piece of work stands at an instant, as people see it."""

    OPEN = "open"
    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    WAIVED = "waived"


class StepKind(StrEnum):
    """What there is to do next in a campaign."""

    APPROVE_GATE = "approve_gate"
    MEET_GATE = "meet_gate"
    DECIDE_REQUESTS = "decide_requests"
    RETRY_NOTICES = "retry_notices"
    GIVE_OFFICERS = "give_officers"
    GIVE_CHANNELS = "give_channels"
    MEET_PACE = "meet_pace"
    CHASE_UNIT = "chase_unit"
