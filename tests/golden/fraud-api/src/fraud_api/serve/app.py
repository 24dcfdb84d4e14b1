"""The HTTP service: `/predict` beside `/healthz`, `/readyz` and `/metrics`.

`/health` and `/ready` are what a load balancer asks; `/ping` and `/invocations` are the names by
which SageMaker calls readiness and prediction; `/invocations` also takes JSON lines and CSV.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..online_features.store import OnlineFeatures
from . import formats
from .prediction import PredictionService
from .telemetry import Telemetry

MAX_ROWS = 1_000
MAX_BYTES = 5_000_000
JSON = "application/json"


_INVOCATION_TYPES = f"Send {', '.join((JSON, *formats.TABLE_TYPES))}."


class PredictRequest(BaseModel):
    """Rows to predict: column names and values as `data/schema.json` describes them."""

    model_config = ConfigDict(extra="forbid")

    rows: list[dict[str, Any]] = Field(min_length=1, max_length=MAX_ROWS)


def create_app(folder: Path, features: OnlineFeatures | None = None) -> FastAPI:
    """The service for a model folder.

    Args:
        folder: of a registered model; while it holds none the service is alive but not ready.
        features: what rows leave out is read from here, and the answer says what was.
    """
    app = FastAPI(title="Predictions", docs_url=None, redoc_url=None)
    telemetry = Telemetry()
    service = PredictionService(folder, telemetry, features)

    @app.get("/healthz")
    @app.get("/health", include_in_schema=False)
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    @app.get("/ready", include_in_schema=False)
    @app.get("/ping", include_in_schema=False)
    def readyz() -> JSONResponse:
        if service.predictor is None:
            return JSONResponse({"status": "no model", "folder": str(folder)}, status_code=503)
        return JSONResponse({"status": "ready", "model": service.predictor.version})

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(telemetry.registry), media_type=CONTENT_TYPE_LATEST)

    @app.post("/predict")
    async def predict(request: Annotated[PredictRequest, Body()]) -> JSONResponse:
        return await run_in_threadpool(service.answer, request.rows)

    @app.post("/invocations", include_in_schema=False)
    async def invocations(request: Request) -> Response:
        kind = request.headers.get("content-type", JSON).split(";")[0].strip().lower()
        body = await request.body()
        if kind in formats.TABLE_TYPES:
            return await run_in_threadpool(service.answer_lines, body, kind)
        if kind != JSON:
            return JSONResponse({"detail": _INVOCATION_TYPES}, status_code=415)
        try:
            rows = PredictRequest.model_validate_json(body).rows
        except ValidationError as error:
            detail = error.errors(include_url=False, include_input=False, include_context=False)
            return JSONResponse({"detail": detail}, status_code=422)
        return await run_in_threadpool(service.answer, rows)

    @app.middleware("http")
    async def measure(request: Request, call_next: Any) -> Response:
        started = time.perf_counter()
        if int(request.headers.get("content-length") or 0) > MAX_BYTES:
            detail = f"The request is larger than {MAX_BYTES} bytes."
            response: Response = JSONResponse({"detail": detail}, status_code=413)
        else:
            response = await call_next(request)
        telemetry.observe(request.url.path, response.status_code, time.perf_counter() - started)
        return response

    return app
