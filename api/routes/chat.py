"""Starting a design."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from api.deps import CorrelationDep, IdempotencyKey, PrincipalDep, ServicesDep
from api.idempotency import Once
from api.schemas.designs import ChatCreate, ChatRead
from libs.core.errors import NotFound
from libs.db.session import WriteSession

router = APIRouter(tags=["designs"])


class DatasetNotFound(NotFound):
    """There is no such dataset."""

    code = "api.dataset_not_found"


@router.post("/chat/async", status_code=202, response_model=ChatRead)
async def start_design(
    body: ChatCreate,
    services: ServicesDep,
    principal: PrincipalDep,
    correlation_id: CorrelationDep,
    idempotency_key: IdempotencyKey = None,
) -> JSONResponse:
    """Admits a design: decision set, run and job exist when the answer is sent. Follow it by its stream."""
    if body.dataset_id is not None:
        raise DatasetNotFound(
            f"There is no dataset {body.dataset_id!r} here.",
            advice="Nothing was started. Leave `dataset_id` out and describe the data in the brief.",
            dataset_id=body.dataset_id,
        )

    async def start(session: WriteSession) -> ChatRead:
        started = await services.designs.start(session, principal, body.to_request(), correlation_id)
        return ChatRead.model_validate(started.model_dump())

    once = Once(services, principal, idempotency_key, "POST /api/chat/async", body, 202)
    return await once.answer(start)
