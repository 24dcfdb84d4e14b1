"""Who may do what: roles in the order of their rights."""

from libs.core.errors import Forbidden
from libs.core.principal import Principal


def require(principal: Principal, role: str) -> None:
    """Raises Forbidden unless the principal holds the role."""
    ranks = {"viewer": 0, "editor": 1, "approver": 2, "admin": 3}
    held = max((ranks[r] for r in principal.roles), default=-1)
    if held < ranks[role]:
        raise Forbidden(f"This needs the role {role!r}.", advice="Ask an administrator.", role=role)
