"""Who may do what: roles in the order of their rights."""

from typing import get_args

from libs.core.errors import Forbidden
from libs.core.principal import Principal, Role

ROLES: tuple[Role, ...] = get_args(Role)
"""From the fewest rights to the most; each has those of the ones before it."""


def held(principal: Principal) -> tuple[Role, ...]:
    """Every role whose rights the principal has."""
    return ROLES[: max((ROLES.index(role) + 1 for role in principal.roles), default=0)]


def require(principal: Principal, role: Role) -> None:
    """Raises Forbidden unless the principal holds the role."""
    if role not in held(principal):
        raise Forbidden(f"This needs the role {role!r}.", advice="Ask an administrator.", role=role)
