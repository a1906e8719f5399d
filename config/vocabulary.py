"""The words of the house as enums: statuses, roles and kinds that are stored, printed and compared."""

from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


class UnitLevel(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class BranchKind(StrEnum):
    COMMITTEE = "committee"
    BRANCH = "branch"
    JOINT_BRANCH = "joint_branch"
    UNION = "union"
    YOUTH_LEAGUE = "youth_league"
    WOMENS_COMMITTEE = "womens_committee"
    ASSOCIATION_BRANCH = "association_branch"


class BranchStatus(StrEnum):
    """Only active branches get work."""

    PROSPECT = "prospect"
    PREPARING = "preparing"
    ACTIVE = "active"
    DISSOLVED = "dissolved"


class OpenWork(StrEnum):
    """What becomes of the open work of a branch that moves to another unit."""

    FOLLOW = "follow"
    WAIVE = "waive"


class OfficerRole(StrEnum):
    """Whom Rollcall writes to; a rung of the ladder is addressed to roles."""

    LIAISON = "liaison"
    GROUP = "group"
    COORDINATOR = "coordinator"


class ServeRole(StrEnum):
    """What one `rollcall serve` keeps going: the pages, Prefect with patrol and delivery, or both."""

    ALL = "all"
    WEB = "web"
    ENGINE = "engine"

    @property
    def parts(self) -> "tuple[ServeRole, ...]":
        """The role taken apart; a home is served once in each."""
        return (ServeRole.WEB, ServeRole.ENGINE) if self is ServeRole.ALL else (self,)


class UserRole(StrEnum):
    """What somebody who logs in may do; where, the user's unit or officer says."""

    COORDINATOR = "coordinator"
    GROUP = "group"
    OFFICER = "officer"
    VIEWER = "viewer"


class UserStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class Permission(StrEnum):
    """What is asked of whoever wants to do something; `rules.permissions` says which role has which."""

    VIEW = "view"
    ANSWER = "answer"
    DECIDE = "decide"
    SILENCE = "silence"
    PASS_ON = "pass_on"
    RETRY = "retry"
    KEEP_PEOPLE = "keep_people"
    READ_AUDIT = "read_audit"
    STEER = "steer"
    KEEP_USERS = "keep_users"


class TokenScope(StrEnum):
    """How far a personal token reaches, within what its user may do."""

    READ = "read"
    ANSWER = "answer"
    STEER = "steer"


class RequestStatus(StrEnum):
    """What became of an extension that a branch asked for."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ChannelStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class OnDoubt(StrEnum):
    """What becomes of a message of which nobody knows whether it arrived: it goes again, or waits for a person."""

    REPEAT = "repeat"
    HOLD = "hold"


class Dialect(StrEnum):
    """The form that a service takes a message in."""

    TEXT = "text"
    SHORT = "short"
    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


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


class LedgerCode(StrEnum):
    """The ledgers of a campaign whose entries people write; problems have a life of their own beside them."""

    VISITS = "visits"
    EXEMPLARS = "exemplars"
    BULLETINS = "bulletins"
    TRAINING = "training"
    SUGGESTIONS = "suggestions"
    MEETINGS = "meetings"
    CONTACTS = "contacts"
    COVERAGE = "coverage"
    FOUNDATIONS = "foundations"
    GRADINGS = "gradings"
    TARGETS = "targets"


class Measure(StrEnum):
    """A number that is asked of what was recorded: in reports, in returns, and as what a target wants."""

    BRANCHES = "branches"
    MEMBERS = "members"
    EMPLOYEES = "employees"
    OFFICERS = "officers"
    CONTACTS = "contacts"
    TRAINING_SESSIONS = "training_sessions"
    PEOPLE_TRAINED = "people_trained"
    VISITS = "visits"
    VISITS_LECTURE = "visits_lecture"
    VISITS_REPORT = "visits_report"
    VISITS_FILES = "visits_files"
    VISITS_MEMBERS = "visits_members"
    EXEMPLARS = "exemplars"
    STORIES_PUBLISHED = "stories_published"
    TOLD_ON_TOUR = "told_on_tour"
    SHOWN_ON_SITE = "shown_on_site"
    PROBLEMS_FOUND = "problems_found"
    PROBLEMS_SOLVED = "problems_solved"
    PROBLEMS_VERIFIED = "problems_verified"
    SUGGESTIONS_MADE = "suggestions_made"
    SUGGESTIONS_ADOPTED = "suggestions_adopted"
    SUGGESTIONS_EFFECTIVE = "suggestions_effective"
    MEETINGS = "meetings"
    BULLETINS = "bulletins"
    BUSINESSES = "businesses"
    ENTERPRISES = "enterprises"
    SOLE_TRADERS = "sole_traders"
    ENTERPRISES_WITH_MEMBERS = "enterprises_with_members"
    EMPLOYEES_COUNTED = "employees_counted"
    MEMBERS_COUNTED = "members_counted"
    ORGANISATIONS = "organisations"
    COMMITTEES = "committees"
    SINGLE_BRANCHES = "single_branches"
    JOINT_BRANCHES = "joint_branches"
    FOUNDED = "founded"
    FOUNDED_BRANCHES = "founded_branches"
    FOUNDED_UNIONS = "founded_unions"
    FOUNDED_YOUTH_LEAGUES = "founded_youth_leagues"
    FOUNDED_WOMENS_COMMITTEES = "founded_womens_committees"
    PROSPECTS = "prospects"
    PROSPECTS_FIRST = "prospects_first"
    ENTERPRISES_LOOKED_AFTER = "enterprises_looked_after"
    ENTERPRISE_OFFICERS = "enterprise_officers"
    GRADED_GOOD = "graded_good"
    GRADED_FAIR = "graded_fair"
    GRADED_WEAK = "graded_weak"
    NEW_MEMBERS = "new_members"
    ACTIVISTS = "activists"


class VisitWay(StrEnum):
    """How the guidance group works at a branch."""

    LECTURE = "lecture"
    REPORT = "report"
    FILES = "files"
    MEMBERS = "members"


class ExemplarCategory(StrEnum):
    """Who or what is held up as an example."""

    ORGANISATION = "organisation"
    PERSON = "person"
    PRACTICE = "practice"


class TrainingAudience(StrEnum):
    KEY_STAFF = "key_staff"
    MEMBERS = "members"
    OFFICERS = "officers"


class MeetingKind(StrEnum):
    DEPARTMENTS = "departments"
    ENTERPRISES = "enterprises"
    GROUP = "group"


class FoundationStatus(StrEnum):
    """How far a new organisation is; a prospect is an enterprise that has none yet."""

    PROSPECT = "prospect"
    PREPARING = "preparing"
    FOUNDED = "founded"
    GIVEN_UP = "given_up"


class Grade(StrEnum):
    """How a branch does its work."""

    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"


class ReturnStatus(StrEnum):
    """How the return of a unit stands: not passed on yet, passed on, or corrected since."""

    OPEN = "open"
    PASSED_ON = "passed_on"
    OUTDATED = "outdated"


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


class FigureKind(StrEnum):
    """A count is a whole number, an amount has two decimals."""

    COUNT = "count"
    AMOUNT = "amount"


class FigureOrigin(StrEnum):
    """Where the value that a form proposes comes from, when no measure gives it."""

    LAST = "last"


class Relation(StrEnum):
    """What a rule says of figures."""

    EQUALS = "="
    AT_MOST = "<="
    AT_LEAST = ">="
    NEVER_FALLS = "never falls"


class Period(StrEnum):
    """How far apart the times of a stage that repeats are."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class DayUnit(StrEnum):
    DAYS = "days"
    WORKDAYS = "workdays"


class DueAnchor(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    DATE = "date"


class OpeningAnchor(StrEnum):
    WAVE = "wave"
    STAGE = "stage"
    DATE = "date"


class SendDays(StrEnum):
    """The days on which reminders may go out."""

    WORKING = "working"
    EVERY = "every"


class NoticeKind(StrEnum):
    """A digest gathers what one person is told on one day; that an extension was granted is told apart."""

    DIGEST = "digest"
    EXTENSION = "extension"


class NoticeStatus(StrEnum):
    """Planned takes further lines; from sending on, what comes later goes to the next send day."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Section(StrEnum):
    """The part of a notice that a line stands in: work, by whom the reader is to the branch, and what else there is."""

    OWN = "own"
    GROUP = "group"
    COORDINATOR = "coordinator"
    ANNOUNCEMENT = "announcement"
    CHANNEL = "channel"


class DropReason(StrEnum):
    """Why a line planned was taken off before it was sent."""

    DONE = "done"
    WAIVED = "waived"
    SOLVED = "solved"
    EXTENDED = "extended"
    REASSIGNED = "reassigned"
    SILENCED = "silenced"
    CLOSED = "closed"
    REACHABLE = "reachable"


class DeliveryStatus(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    HELD = "held"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What a provider's answer to one send means for the delivery."""

    ACCEPTED = "accepted"
    THROTTLED = "throttled"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    AMBIGUOUS = "ambiguous"


class EventKind(StrEnum):
    """What happened, as the audit record names it."""

    REGISTRY_IMPORTED = "registry.imported"
    BRANCH_CHANGED = "branch.changed"
    OFFICER_ADDED = "officer.added"
    OFFICER_CHANGED = "officer.changed"
    OFFICER_AWAY = "officer.away"
    OFFICER_BACK = "officer.back"
    BRANCHES_HANDED_OVER = "branches.handed_over"
    LINKS_REVOKED = "links.revoked"
    USER_ADDED = "user.added"
    USER_CHANGED = "user.changed"
    USER_LOGGED_IN = "user.logged_in"
    USER_LOGGED_OUT = "user.logged_out"
    TOKEN_ADDED = "token.added"
    TOKEN_REVOKED = "token.revoked"
    CHANNEL_ADDED = "channel.added"
    CHANNEL_DISABLED = "channel.disabled"
    CHANNEL_ENABLED = "channel.enabled"
    CHANNEL_TESTED = "channel.tested"
    SILENCE_ADDED = "silence.added"
    SILENCE_LIFTED = "silence.lifted"
    CAMPAIGN_LAUNCHED = "campaign.launched"
    CAMPAIGN_ENDED = "campaign.ended"
    BRANCHES_ENROLLED = "branches.enrolled"
    WINDOW_OPENED = "window.opened"
    WINDOW_ANNOUNCED = "window.announced"
    WINDOW_HELD = "window.held"
    WINDOW_CLOSED = "window.closed"
    PACE_CHECKED = "window.pace_checked"
    GATE_APPROVED = "gate.approved"
    GATE_OVERRIDDEN = "gate.overridden"
    ASSIGNMENT_COMPLETED = "assignment.completed"
    ASSIGNMENT_REOPENED = "assignment.reopened"
    ASSIGNMENT_WAIVED = "assignment.waived"
    EVIDENCE_ADDED = "evidence.added"
    EVIDENCE_REMOVED = "evidence.removed"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_GRANTED = "extension.granted"
    EXTENSION_REFUSED = "extension.refused"
    EXTENSION_WITHDRAWN = "extension.withdrawn"
    PROBLEM_ADDED = "problem.added"
    PROBLEM_ASSIGNED = "problem.assigned"
    PROBLEM_SOLVED = "problem.solved"
    PROBLEM_VERIFIED = "problem.verified"
    ENTRY_ADDED = "entry.added"
    ENTRY_AMENDED = "entry.amended"
    ENTRY_STRUCK = "entry.struck"
    NO_PROBLEMS_DECLARED = "problem.none_declared"
    RETURN_PASSED_ON = "return.passed_on"
    RETURN_CORRECTED = "return.corrected"
    NOTICES_PLANNED = "notices.planned"
    NOTICES_CANCELLED = "notices.cancelled"
    NOTICE_REQUEUED = "notice.requeued"


class ListCode(StrEnum):
    """A list that can be taken out of the house, beside the ledgers."""

    REGISTRY = "registry"
    PROGRESS = "progress"
    OVERDUE = "overdue"
    ASSIGNMENTS = "assignments"
    PROBLEMS = "problems"
    NOTICES = "notices"


class FileFormat(StrEnum):
    """What a list is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"
