"""Completes the OpenAPI document: every operation says which problems it may answer with, in their real shape."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.errors import title_of
from api.problem import MEDIA_TYPE, Problem

DESCRIPTION = (
    "A brief in plain words becomes an approved design, a validated repository and a zip. Errors are "
    "`application/problem+json` with a stable `code`. Lists are cursor pages. POST takes an `Idempotency-Key`."
)
READING = (403, 500, 503)
PRIVATE = (401,)
WITH_BODY = (400, 413, 415)
PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
SPECIAL: dict[str, tuple[int, ...]] = {
    "start_design": (404, 409),
    "decide": (404, 409, 412),
    "cancel_run": (404, 409),
    "upload_dataset": (422,),
    "create_project": (409,),
    "get_shared": (404,),
    "change_project": (404, 409),
    "change_decision_set": (404, 409, 412),
}
"""Problems of single operations beyond those that follow from their shape."""


def install(app: FastAPI, *, needs_token: bool) -> None:
    """Gives the application its document; without a token in the settings, nobody has to send one."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, needs_token)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI, needs_token: bool) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        openapi_version="3.1.0",
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _complete(path, operation)
            if "security" in operation and not needs_token:
                operation["security"].append({})
    return document


def _complete(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    statuses: set[int] = {*READING, *SPECIAL.get(operation["operationId"], ())}
    if path.startswith("/api/"):
        statuses |= set(PRIVATE)
    if "requestBody" in operation:
        statuses |= set(WITH_BODY)
    if "{" in path:
        statuses.add(404)
    if "422" in responses:
        statuses.add(422)
    for status in sorted(statuses):
        # What the route documents itself stands: readiness answers 503 with its own report.
        if str(status) not in responses or status == 422:
            responses[str(status)] = {
                "description": title_of(status),
                "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
            }
    operation["responses"] = dict(sorted(responses.items()))
