"""What is kept in ledgers, counted in reports and passed on in returns."""

from enum import StrEnum


class LedgerCode(StrEnum):
    """The ledgers of a campaign whose entries people write; problems have a life of their own beside them."""

    VISITS = "visits"
    EXEMPLARS = "exemplars"
    BULLETINS = "bulletins"
    TRAINING = "training"
    SUGGESTIONS = "suggestions"
    MEETINGS = "meetings"
    SURVEYS = "surveys"
    CONTACTS = "contacts"
    COVERAGE = "coverage"
    FOUNDATIONS = "foundations"
    GRADINGS = "gradings"
    TARGETS = "targets"


class Measure(StrEnum):
    """A number that is asked of what was recorded: in reports, in returns, and as what a target wants."""

    COUNTIES = "counties"
    TOWNSHIPS = "townships"
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
    MEETINGS_DEPARTMENTS = "meetings_departments"
    MEETINGS_ENTERPRISES = "meetings_enterprises"
    MEETINGS_GROUP = "meetings_group"
    MEETING_PARTIES = "meeting_parties"
    ENTERPRISES_AT_MEETINGS = "enterprises_at_meetings"
    SURVEYS = "surveys"
    SURVEYORS = "surveyors"
    ORGANISATIONS_SURVEYED = "organisations_surveyed"
    SURVEY_DAYS = "survey_days"
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
    LOCAL_ORGANISATIONS = "local_organisations"
    GRASSROOTS_ORGANISATIONS = "grassroots_organisations"
    INDUSTRY_ORGANISATIONS = "industry_organisations"
    ORGANISATION_MEMBERS = "organisation_members"
    FOUNDED = "founded"
    FOUNDED_BRANCHES = "founded_branches"
    FOUNDED_FIRST = "founded_first"
    FOUNDED_ASSOCIATION_BRANCHES = "founded_association_branches"
    FOUNDED_UNIONS = "founded_unions"
    FOUNDED_YOUTH_LEAGUES = "founded_youth_leagues"
    FOUNDED_WOMENS_COMMITTEES = "founded_womens_committees"
    BEING_FOUNDED = "being_founded"
    PROSPECTS = "prospects"
    PROSPECTS_FIRST = "prospects_first"
    ENTERPRISES_LOOKED_AFTER = "enterprises_looked_after"
    ENTERPRISE_OFFICERS = "enterprise_officers"
    GRADED = "graded"
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
