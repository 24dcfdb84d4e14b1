"""Who decides what, when it begins, and how a story reads."""

from datetime import UTC, datetime
from typing import Any

from libs.core.principal import LOCAL_ORGANISATION, Principal
from libs.runs.models import GateDecision

START = datetime(2026, 1, 1, tzinfo=UTC)


def person(name: str, *roles: Any) -> Principal:
    return Principal(actor=f"user:{name}", organisation_id=LOCAL_ORGANISATION, roles=frozenset(roles))


def approval(gate: Any, decision: Any = "approve", **more: Any) -> GateDecision:
    return GateDecision(gate_id=gate.id, digest=gate.digest, decision=decision, **more)


def kinds(story: list[Any]) -> list[str]:
    return [f"{event.type}:{event.node}" if event.node else event.type for event in story]
