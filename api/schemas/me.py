"""Who asks, as the API shows it."""

from pydantic import BaseModel

from libs.accounts.rights import held
from libs.core.principal import Principal, Role


class MeRead(BaseModel):
    """Who asks, and what they may do."""

    actor: str
    """As it stands in decisions, votes and the audit log."""
    roles: list[Role]
    """Every role whose rights they have: an administrator has them all."""

    @classmethod
    def of(cls, principal: Principal) -> "MeRead":
        return cls(actor=principal.actor, roles=list(held(principal)))
