"""Who there is: units, branches, officers, users, and what they may do."""

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
