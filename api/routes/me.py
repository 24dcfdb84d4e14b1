"""Who asks."""

from fastapi import APIRouter

from api.deps import PrincipalDep
from api.schemas.me import MeRead

router = APIRouter(tags=["accounts"])


@router.get("/me", response_model=MeRead)
async def get_me(principal: PrincipalDep) -> MeRead:
    """Who asks, and what they may do: a page offers nothing else."""
    return MeRead.of(principal)
