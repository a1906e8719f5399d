"""Who asks: a person with an account, a program with a token, or the reader of a link."""

from dataclasses import dataclass, replace

from config.errors import Forbidden
from config.vocabulary import Language, Permission, UserRole
from models.scope import Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who was let in, what they may do, and where.

    `actor` is the name under which the audit record keeps what they do; `user_id` is None for the reader of a link.
    """

    actor: str
    name: str
    scope: Scope
    permissions: frozenset[Permission]
    role: UserRole | None = None
    user_id: int | None = None
    officer_id: int | None = None
    language: Language | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether they may do something at all, within their scope."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise Forbidden when they may not."""
        if not self.may(permission):
            raise Forbidden("this is not open to you; ask a coordinator")

    def narrowed(self, permissions: frozenset[Permission]) -> "Caller":
        """Return the same caller with no more than these permissions."""
        return replace(self, permissions=self.permissions & permissions)
