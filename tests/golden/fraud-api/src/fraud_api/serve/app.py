"""The HTTP service: `/predict` beside `/healthz`, `/readyz`, `/metrics` and `/openapi.json`.

`/predict` takes `{"rows": [{column: value}], "explain": false}` and answers `{"predictions",
"probabilities", "errors": [{"row", "column", "message"}], "model"}` and, when asked,
`"explanations"`: how much each column moved the score of a row, null without a prediction.

`/health` and `/ready` are what a load balancer asks; `/ping` and `/invocations` are the names by
which SageMaker calls readiness and prediction; `/invocations` also takes JSON lines and CSV.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any, Self

from anyio import CapacityLimiter, to_thread
from fastapi import Body, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import ClientDisconnect

from ..online_features.store import OnlineFeatures
from . import formats
from .limits import BodyLimit
from .places import Places
from .prediction import PredictionService
from .telemetry import Telemetry

MAX_ROWS = 1_000
MAX_EXPLAINED = 50
"""Rows that one request may have explained: each costs a prediction for each column."""
MAX_BYTES = 5_000_000
PLACES = 120
"""Predictions that one process holds, at work or waiting: of 5 ms each the last is answered after
0.6 s, and bodies of the largest size take 600 MB. More would only wait longer, and their callers
leave before. App Runner, where it serves, adds an instance at 100 at once or fewer."""
_THREADS = 8
"""Predictions at work: enough to wait for the feature store meanwhile, and few enough that they
leave the interpreter to probes and figures, which never wait for one of these threads."""
JSON = "application/json"


_INVOCATION_TYPES = f"Send {', '.join((JSON, *formats.TABLE_TYPES))}."


class PredictRequest(BaseModel):
    """Rows to predict: column names and values as `data/schema.json` describes them."""

    model_config = ConfigDict(extra="forbid")

    rows: list[dict[str, Any]] = Field(min_length=1, max_length=MAX_ROWS)
    explain: bool = Field(
        default=False,
        strict=True,
        description=f"Say how much each column moved each score; {MAX_EXPLAINED} rows at most.",
    )

    @model_validator(mode="after")
    def _explain_few(self) -> Self:
        if self.explain and len(self.rows) > MAX_EXPLAINED:
            raise ValueError(f"explain takes {MAX_EXPLAINED} rows at most")
        return self


def create_app(
    folder: Path, features: OnlineFeatures | None = None, explain_lines: bool = False
) -> FastAPI:
    """The service for a model folder.

    Args:
        folder: of a registered model; while it holds none the service is alive but not ready.
        features: what rows leave out is read from here, and the answer says what was.
        explain_lines: explain every row of tables, for services that score batches only.
    """
    app = FastAPI(title="Predictions", docs_url=None, redoc_url=None)
    app.add_middleware(Places, count=PLACES)
    app.add_middleware(BodyLimit, largest=MAX_BYTES)
    threads = CapacityLimiter(_THREADS)
    telemetry = Telemetry()
    service = PredictionService(folder, telemetry, features, explain_lines)

    @app.get("/healthz")
    @app.get("/health", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    @app.get("/ready", include_in_schema=False)
    @app.get("/ping", include_in_schema=False)
    async def readyz() -> JSONResponse:
        if service.predictor is None:
            return JSONResponse({"status": "no model", "folder": str(folder)}, status_code=503)
        return JSONResponse({"status": "ready", "model": service.predictor.version})

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(telemetry.registry), media_type=CONTENT_TYPE_LATEST)

    @app.post("/predict")
    async def predict(request: Annotated[PredictRequest, Body()]) -> JSONResponse:
        rows, explain = request.rows, request.explain
        return await to_thread.run_sync(service.answer, rows, explain, limiter=threads)

    @app.post("/invocations", include_in_schema=False)
    async def invocations(request: Request) -> Response:
        kind = request.headers.get("content-type", JSON).split(";")[0].strip().lower()
        try:
            body = await request.body()
        except ClientDisconnect:  # also what a body that is too large looks like from here
            return Response(status_code=400)
        if kind in formats.TABLE_TYPES:
            return await to_thread.run_sync(service.answer_lines, body, kind, limiter=threads)
        if kind != JSON:
            return JSONResponse({"detail": _INVOCATION_TYPES}, status_code=415)
        try:
            asked = PredictRequest.model_validate_json(body)
        except ValidationError as error:
            detail = error.errors(include_url=False, include_input=False, include_context=False)
            return JSONResponse({"detail": detail}, status_code=422)
        rows, explain = asked.rows, asked.explain
        return await to_thread.run_sync(service.answer, rows, explain, limiter=threads)

    @app.middleware("http")
    async def measure(request: Request, call_next: Any) -> Response:
        path, started = request.url.path, time.perf_counter()
        try:
            response: Response = await call_next(request)
        except Exception:  # answered above this layer
            telemetry.observe(path, 500, time.perf_counter() - started)
            raise
        telemetry.observe(path, response.status_code, time.perf_counter() - started)
        return response

    return app
