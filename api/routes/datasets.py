"""Datasets."""

from fastapi import APIRouter, Request

from api.deps import Cursor, IdPath, Limit, PrincipalDep, ServicesDep
from api.schemas.datasets import DatasetProfileRead, DatasetRead
from api.schemas.page import Page
from api.uploads import FIELD, receive_form
from libs.accounts.rights import require
from libs.datasets.receiving import receiver

router = APIRouter(prefix="/datasets", tags=["datasets"])

_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {FIELD: {"type": "string", "format": "binary"}},
                "required": [FIELD],
            }
        }
    },
}


@router.post(
    "",
    status_code=201,
    response_model=DatasetProfileRead,
    openapi_extra={"requestBody": _FORM},
    # The file is read piece by piece, so the framework does not see that the request can be wrong.
    responses={422: {"description": "The file is no table that can be used"}},
)
async def upload_dataset(
    request: Request, services: ServicesDep, principal: PrincipalDep
) -> DatasetProfileRead:
    """Takes a CSV, Parquet, JSONL or Excel (.xlsx) table in and says what it holds; the same bytes are kept once."""
    require(principal, "editor")
    async with receiver(services.upload_limits) as taking:
        name = await receive_form(request.headers.get("content-type", ""), request.stream(), taking)
        dataset = await services.datasets.add(principal, taking.upload(name))
    return DatasetProfileRead.with_profile(dataset, await services.datasets.profile(dataset))


@router.get("", response_model=Page[DatasetRead])
async def list_datasets(
    services: ServicesDep, principal: PrincipalDep, cursor: Cursor = None, limit: Limit = 50
) -> Page[DatasetRead]:
    """Uploaded tables, newest first."""
    async with services.db.read() as session:
        found = await services.datasets.list(session, principal, after=cursor, limit=limit + 1)
    return Page[DatasetRead](
        items=[DatasetRead.of(dataset) for dataset in found[:limit]],
        next_cursor=found[limit - 1].id if len(found) > limit else None,
    )


@router.get("/{dataset_id}", response_model=DatasetProfileRead)
async def get_dataset(
    dataset_id: IdPath, services: ServicesDep, principal: PrincipalDep
) -> DatasetProfileRead:
    """One table with its profile."""
    async with services.db.read() as session:
        dataset = await services.datasets.get(session, principal, dataset_id)
    return DatasetProfileRead.with_profile(dataset, await services.datasets.profile(dataset))


@router.delete("/{dataset_id}", status_code=204)
async def remove_dataset(dataset_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> None:
    """Removes a table and its bytes; designs that were made from it keep what they know of it."""
    async with services.db.write() as session:
        dataset = await services.datasets.remove(session, principal, dataset_id)
    await services.datasets.discard(dataset)
