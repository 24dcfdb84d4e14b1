"""What every problem response must be."""

from typing import Any

import httpx

MEMBERS = {"type", "title", "status", "detail", "code", "advice", "correlation_id"}


def problem(response: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem, after looking at its form."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body.keys() >= MEMBERS
    assert body["status"] == status
    assert body["type"] == f"urn:agentic-mlops:problem:{body['code']}"
    assert body["correlation_id"] == response.headers["x-request-id"]
    assert body["detail"]
    assert "Traceback" not in response.text
    if code is not None:
        assert body["code"] == code
    return body
