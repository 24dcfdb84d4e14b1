"""The one shape in which anything that went wrong is told: RFC 9457 problem details with a code and advice."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What happened, what was kept, and what to do next."""

    model_config = ConfigDict(extra="allow")

    type: str
    """`urn:agentic-mlops:problem:<code>`."""
    title: str
    """The kind of problem, in a few words that do not change."""
    status: int
    detail: str
    """What happened, in one sentence."""
    code: str
    """`package.what_is_wrong`; stable, for programs."""
    advice: str = ""
    """What was kept and what to do next."""
    correlation_id: str | None = None
    """Names the request in the logs."""


class ProblemResponse(Response):
    """A problem as a response; facts become members beside the standard ones and never replace them."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        *,
        status: int,
        title: str,
        detail: str,
        code: str,
        advice: str = "",
        correlation_id: str | None = None,
        facts: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        problem = Problem(
            type=f"urn:agentic-mlops:problem:{code}",
            title=title,
            status=status,
            detail=detail,
            code=code,
            advice=advice,
            correlation_id=correlation_id,
        )
        self.body_json = {**(facts or {}), **problem.model_dump(mode="json")}
        body = json.dumps(self.body_json, default=str)
        super().__init__(body, status_code=status, headers=headers)
