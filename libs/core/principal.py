"""Who acts: every service call takes one."""

from typing import Literal

from libs.core.values import Value

LOCAL_ORGANISATION = "org_local"

Role = Literal["viewer", "editor", "approver", "admin"]


class Principal(Value):
    """An identity inside one organisation."""

    actor: str
    """Stable name used in audit rows: `user:<id>`, `token:<id>`, `share:<id>`, `policy:<name>`, `system:<part>`."""
    organisation_id: str
    roles: frozenset[Role] = frozenset()

    def may(self, role: Role) -> bool:
        """Whether the role, or admin, is held."""
        return role in self.roles or "admin" in self.roles


def local_owner() -> Principal:
    """The principal of an installation without accounts, reachable on loopback only."""
    return Principal(actor="user:local-owner", organisation_id=LOCAL_ORGANISATION, roles=frozenset({"admin"}))
