"""Whether the product works, as the API shows it."""

from typing import Literal

from pydantic import BaseModel


class HealthRead(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class PartRead(BaseModel):
    """One thing the product depends on."""

    name: Literal["database", "storage", "sandbox", "worker"]
    ok: bool
    required: bool
    """Whether this process is of use without it."""
    detail: str


class ReadinessRead(BaseModel):
    """Whether this process can do its work, and what each part says."""

    status: Literal["ready", "degraded", "unavailable"]
    parts: list[PartRead]
