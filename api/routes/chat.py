"""Starting a design."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from api.deps import CorrelationDep, IdempotencyKey, PrincipalDep, ServicesDep
from api.idempotency import Once
from api.schemas.designs import ChatCreate, ChatRead
from libs.db.session import WriteSession

router = APIRouter(tags=["designs"])


@router.post("/chat/async", status_code=202, response_model=ChatRead)
async def start_design(
    body: ChatCreate,
    services: ServicesDep,
    principal: PrincipalDep,
    correlation_id: CorrelationDep,
    idempotency_key: IdempotencyKey = None,
) -> JSONResponse:
    """Admits a design: decision set, run and job exist when the answer is sent. Follow it by its stream."""
    dataset = None
    if body.dataset_id is not None:
        # Looking at the table takes seconds, so it is done before the transaction of the design begins.
        dataset = await services.datasets.choose(principal, body.dataset_id, body.target)

    async def start(session: WriteSession) -> ChatRead:
        started = await services.designs.start(session, principal, body.to_request(dataset), correlation_id)
        return ChatRead.model_validate(started.model_dump())

    once = Once(services, principal, idempotency_key, "POST /api/chat/async", body, 202)
    return await once.answer(start)
