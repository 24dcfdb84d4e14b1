"""Turns kinds of errors into problem responses; the only place that knows which kind has which status."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.problem import ProblemResponse
from libs.core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    ProductError,
    Unauthenticated,
    Unavailable,
)

log = structlog.get_logger()

STATUS_OF_KIND: Mapping[type[ProductError], int] = {
    Invalid: 422,
    NotFound: 404,
    Unauthenticated: 401,
    Forbidden: 403,
    Conflict: 409,
    LimitReached: 429,
    Unavailable: 503,
}
STATUS_OF_CODE: Mapping[str, int] = {
    "runs.gate_changed": 412,
    "api.precondition_failed": 412,
    "projects.decision_set_changed": 412,
    "api.malformed_json": 400,
    "projects.artifact_damaged": 500,
    "datasets.upload_too_large": 413,
    "datasets.upload_malformed": 400,
}
"""Codes whose status is another one than that of their kind."""

RETRY_SECONDS = 2
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TITLES = {
    400: "The request cannot be read",
    401: "Who is asking is not known",
    403: "That is not allowed",
    404: "There is no such thing here",
    405: "That method is not offered here",
    409: "Something else was first",
    412: "It changed since it was read",
    413: "The body is too large",
    415: "That content type is not read here",
    422: "The input cannot be used as it is",
    429: "A limit was reached",
    500: "Something went wrong here",
    503: "Something this needs does not answer",
}
ADVICE = {
    404: "Look at the address; /api/openapi.json lists every one.",
    405: "Use one of the methods in the Allow header.",
    415: "Send the body as application/json.",
}


def install(app: FastAPI) -> None:
    """Makes every error of the application a problem response."""
    app.add_exception_handler(ProductError, on_product_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_error)


def status_of(error: ProductError) -> int:
    """The HTTP status of an error: by its code where that is special, else by its kind."""
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    return next((status for kind, status in STATUS_OF_KIND.items() if isinstance(error, kind)), 500)


def problem_of(error: ProductError, correlation_id: str | None = None) -> ProblemResponse:
    """The response that tells the error."""
    status = status_of(error)
    headers = {}
    if status == 503:
        headers["Retry-After"] = str(error.facts.get("retry_after", RETRY_SECONDS))
    if status == 429 and "retry_after" in error.facts:
        headers["Retry-After"] = str(error.facts["retry_after"])
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return ProblemResponse(
        status=status,
        title=title_of(status),
        detail=error.message,
        code=error.code,
        advice=error.advice,
        correlation_id=correlation_id,
        facts=json.loads(json.dumps(error.facts, default=str)),
        headers=headers,
    )


def title_of(status: int) -> str:
    """The unchanging words for a status."""
    return TITLES.get(status) or HTTPStatus(status).phrase


async def on_product_error(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, ProductError)
    response = problem_of(error, correlation_id_of(request))
    if response.status_code >= 500:
        log.warning("request.failed", code=error.code, detail=error.message, status=response.status_code)
    return response


async def on_invalid_request(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return ProblemResponse(
            status=400,
            title=title_of(400),
            detail="The body is not JSON.",
            code="api.malformed_json",
            advice="Nothing was kept. Send one JSON object in UTF-8.",
            correlation_id=correlation_id_of(request),
            facts={"position": next((item["loc"][-1] for item in found if item["loc"]), None)},
        )
    shown = [
        {"field": ".".join(str(part) for part in item["loc"]), "message": item["msg"], "type": item["type"]}
        for item in found
    ]
    return ProblemResponse(
        status=422,
        title=title_of(422),
        detail="; ".join(f"{item['field']}: {item['message']}" for item in shown[:5]),
        code="api.invalid_request",
        advice="Nothing was kept. Correct the fields that are named and send the request again.",
        correlation_id=correlation_id_of(request),
        facts={"errors": shown},
    )


async def on_http_error(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    details: dict[int, str] = {
        404: f"There is nothing at {request.url.path}.",
        405: f"{request.url.path} does not offer {request.method}.",
    }
    return ProblemResponse(
        status=status,
        title=title_of(status),
        detail=details.get(status) or str(error.detail),
        code=f"api.{HTTPStatus(status).name.lower()}",
        advice=ADVICE.get(status, "Nothing was kept."),
        correlation_id=correlation_id_of(request),
        headers={**(error.headers or {}), **({"Allow": _allowed(request)} if status == 405 else {})},
    )


def _allowed(request: Request) -> str:
    """Every method of the address; the framework names those of one route alone."""
    routes = request.app.router.routes
    offered = (
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    )
    return ", ".join(offered)


def correlation_id_of(request: Request) -> str | None:
    """The id under which the request is found in the logs."""
    found: Any = request.scope.get("state", {}).get("correlation_id")
    return found if isinstance(found, str) else None
