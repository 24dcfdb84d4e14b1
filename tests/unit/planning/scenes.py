"""Briefs of different kinds as constraints, and plans made from them."""

from datetime import date
from typing import Any

from libs.intake.models import Constraint, FieldName
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Infeasible, Plan, Requirements
from libs.planning.prices.lookup import Prices
from libs.planning.requirements import resolve
from libs.planning.solver import plan

AS_OF = date(2026, 11, 21)

FRAUD: dict[FieldName, Any] = {
    "ml_task": "classification",
    "workloads": ["online_inference"],
    "latency_ms_p95": 100,
    "compliance": ["PCI-DSS"],
    "throughput_rps": 10_000,
}
CHURN: dict[FieldName, Any] = {
    "ml_task": "classification",
    "workloads": ["batch_inference"],
    "predictions_per_day": 250_000,
}
SMALL: dict[FieldName, Any] = {"workloads": ["online_inference"], "throughput_rps": 1}
VISION: dict[FieldName, Any] = {
    "ml_task": "vision",
    "workloads": ["online_inference"],
    "throughput_rps": 50,
    "gpu_needed": True,
    "latency_ms_p95": 200,
}

RAG: dict[FieldName, Any] = {
    "ml_task": "llm_rag",
    "workloads": ["online_inference"],
    "predictions_per_day": 5000,
    "latency_ms_p95": 5000,
    "data_volume_gb": 40,
}


def given(fields: dict[FieldName, Any], **more: Any) -> tuple[Constraint, ...]:
    """Answered constraints."""
    return tuple(
        Constraint(field=field, value=value, source="answered", confidence=1.0)
        for field, value in {**fields, **more}.items()
    )


def needs(fields: dict[FieldName, Any], **more: Any) -> Requirements:
    """Requirements of a brief."""
    return resolve(given(fields, **more), AS_OF)[0]


class Desk:
    """Catalogue and prices at hand."""

    def __init__(self, catalogue: Catalogue, prices: Prices) -> None:
        self.catalogue = catalogue
        self.prices = prices

    def result(self, fields: dict[FieldName, Any], **more: Any) -> Plan | Infeasible:
        """The plan of a brief, or why there is none."""
        return plan(needs(fields, **more), self.catalogue, self.prices, as_of=AS_OF)

    def plan(self, fields: dict[FieldName, Any], **more: Any) -> Plan:
        """The plan of a brief that has one."""
        made = self.result(fields, **more)
        assert isinstance(made, Plan), made
        return made

    def refusal(self, fields: dict[FieldName, Any], **more: Any) -> Infeasible:
        """Why a brief has no plan."""
        made = self.result(fields, **more)
        assert isinstance(made, Infeasible)
        return made
