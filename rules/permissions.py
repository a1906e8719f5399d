"""Which role may do what; where it may, its scope says."""

from collections.abc import Iterable, Mapping

from config.vocabulary import Permission, TokenScope, UserRole

_VIEWER = frozenset({Permission.VIEW})
_OFFICER = _VIEWER | {Permission.ANSWER}
_GROUP = _OFFICER | {Permission.DECIDE, Permission.SILENCE, Permission.PASS_ON, Permission.RETRY}

ROLES: Mapping[UserRole, frozenset[Permission]] = {
    UserRole.VIEWER: _VIEWER,
    UserRole.OFFICER: _OFFICER,
    UserRole.GROUP: _GROUP,
    UserRole.COORDINATOR: frozenset(Permission),
}

FOR_EVERYTHING = frozenset({Permission.STEER, Permission.KEEP_USERS})
"""What concerns the whole campaign or the whole house: nobody may do it whose scope is a part of the tree."""

LINK = _OFFICER
"""What a link in a message lets its reader do."""

TOKENS: Mapping[TokenScope, frozenset[Permission]] = {
    TokenScope.READ: frozenset({Permission.VIEW, Permission.READ_AUDIT}),
    TokenScope.ANSWER: frozenset({Permission.VIEW, Permission.ANSWER}),
    TokenScope.STEER: frozenset(Permission) - {Permission.KEEP_USERS},
}


def permissions_of(role: UserRole, *, sees_everything: bool) -> frozenset[Permission]:
    """Return what somebody of a role may do, within the scope that is theirs."""
    return ROLES[role] if sees_everything else ROLES[role] - FOR_EVERYTHING


def permissions_of_token(scopes: Iterable[TokenScope]) -> frozenset[Permission]:
    """Return what a token of these scopes lets a program do at most, whatever its user may do."""
    return frozenset().union(*(TOKENS[scope] for scope in scopes))
