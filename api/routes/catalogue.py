"""The catalogue, as far as one needs it to exchange a component."""

from fastapi import APIRouter

from api.deps import PrincipalDep, ServicesDep
from api.schemas.catalogue import CatalogueRead

router = APIRouter(tags=["catalogue"])


@router.get("/catalogue", response_model=CatalogueRead)
async def get_catalogue(services: ServicesDep, _principal: PrincipalDep) -> CatalogueRead:
    """Every slot with its options, those of the organisation's own folder among them."""
    return CatalogueRead.of(services.knowledge.catalogue)
