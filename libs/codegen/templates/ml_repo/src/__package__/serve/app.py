"""The HTTP service: `/predict` beside `/healthz`, `/readyz` and `/metrics`.

`/health` and `/ready` are what a load balancer asks; `/ping` and `/invocations` are the names by
which SageMaker calls readiness and prediction.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask

from ..model.predictor import Prediction, Predictor
from ..monitoring.live import LiveDrift
from .telemetry import Telemetry

MAX_ROWS = 1_000
MAX_BYTES = 5_000_000


class PredictRequest(BaseModel):
    """Rows to predict: column names and values as `data/schema.json` describes them."""

    model_config = ConfigDict(extra="forbid")

    rows: list[dict[str, Any]] = Field(min_length=1, max_length=MAX_ROWS)


def create_app(folder: Path) -> FastAPI:
    """The service for a model folder.

    Args:
        folder: of a registered model; while it holds none the service is alive but not ready.
    """
    app = FastAPI(title="Predictions", docs_url=None, redoc_url=None)
    telemetry = Telemetry()
    predictor = Predictor(folder) if (folder / "model.json").is_file() else None
    live = LiveDrift(predictor, telemetry.registry) if predictor else None

    @app.get("/healthz")
    @app.get("/health", include_in_schema=False)
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    @app.get("/ready", include_in_schema=False)
    @app.get("/ping", include_in_schema=False)
    def readyz() -> JSONResponse:
        if predictor is None:
            return JSONResponse({"status": "no model", "folder": str(folder)}, status_code=503)
        return JSONResponse({"status": "ready", "model": predictor.version})

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(telemetry.registry), media_type=CONTENT_TYPE_LATEST)

    @app.post("/predict")
    @app.post("/invocations", include_in_schema=False)
    async def predict(request: Annotated[PredictRequest, Body()]) -> JSONResponse:
        if predictor is None or live is None:
            return JSONResponse({"detail": "There is no model yet."}, status_code=503)
        answer = await run_in_threadpool(predictor.predict, request.rows)
        telemetry.record(answer, predictor.target.task)
        body = {**answer.to_json(), "model": predictor.version}
        # The check runs after the answer was sent.
        later = BackgroundTask(live.check) if live.observe(request.rows) else None
        status = 200 if _any_predicted(answer) else 422
        return JSONResponse(body, status_code=status, background=later)

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


def _any_predicted(answer: Prediction) -> bool:
    return any(value is not None for value in answer.predictions)
