"""A complete plan for code generation, built by hand so that these tests need neither catalogue nor solver."""

from datetime import date
from typing import Any

from libs.intake.models import Constraint, Quote
from libs.planning.models import (
    Alternative,
    AssumedFigure,
    Availability,
    Component,
    CostEstimate,
    CostLine,
    LatencyBudget,
    LatencyHop,
    Plan,
    Rejection,
    Requirements,
)
from tests.support.blueprints import churn_blueprint, fraud_blueprint

AS_OF = date(2026, 11, 1)
TEAM_HOURS = AssumedFigure(
    name="team_hours_person",
    value=20,
    usual=20,
    unit="hours a month",
    text="What one person of a team has for operation.",
    source="planning allowance",
    low=1,
    high=160,
    slots=(),
)


def example_plan(archetype: str = "online_api", **requirements: Any) -> Plan:
    """A plan whose components are those of the example blueprints; `requirements` replace fields."""
    bp = fraud_blueprint() if archetype == "online_api" else churn_blueprint()
    needs = Requirements.model_validate(
        {
            "archetype": archetype,
            "ml_task": "classification",
            "latency_ms_p95": 100.0 if archetype == "online_api" else None,
            "throughput_rps": 500.0,
            "predictions_per_day": 5_000_000.0,
            "budget_usd_month": 5000.0,
            "region": "us-east-1",
            "compliance": ("PCI-DSS",),
            "data_classification": "restricted",
            "availability_pct": 99.9,
            "deployment_preference": None,
            "gpu_needed": False,
            "data_volume_gb": 200.0,
            "training_frequency": "weekly",
            "team_size": 3,
            "sources": {"latency_ms_p95": "stated", "team_size": "default"},
            **requirements,
        }
    )
    components = tuple(
        Component(
            slot=slot,
            option=chosen.option,
            title=chosen.title,
            size=chosen.size,
            monthly_usd=chosen.monthly_usd,
            ops_hours_month=1.5,
            why=chosen.why,
        )
        for slot, chosen in bp.components.items()
    )
    return Plan(
        requirements=needs,
        components=components,
        cost=example_cost(),
        latency=LatencyBudget(
            hops=(LatencyHop(slot="serve", name="model", p95_ms=20, basis="measured on a t3.medium"),),
            conservative_p95_ms=60,
            target_ms=needs.latency_ms_p95,
        ),
        availability=Availability(expected_pct=99.95, target_pct=needs.availability_pct, single_points=()),
        ops_hours_month=12,
        objective=1234.5,
        proven_optimal=True,
        alternatives=(
            Alternative(
                label="least to operate",
                components=components,
                monthly_usd=2000,
                p95_ms=50,
                availability_pct=99.95,
                ops_hours_month=4,
                trade_off="Costs more and saves eight hours.",
            ),
        ),
        rejected=(
            Rejection(
                slot="serve",
                option="lambda_service",
                title="AWS Lambda behind Amazon API Gateway",
                reason="cold starts miss 100 ms",
                constraint="latency_ms_p95",
                delta_usd_month=None,
            ),
            Rejection(
                slot="store",
                option="rds_postgres",
                title="Amazon RDS for PostgreSQL",
                reason="it costs more",
                constraint=None,
                delta_usd_month=310.25,
            ),
        ),
        assumptions=("The budget is per month.",),
        figures=(TEAM_HOURS,),
        catalogue_sha256="0" * 64,
        prices_as_of=AS_OF,
    )


def language_model_plan() -> Plan:
    """The online example with a language model and a vector store that no repository can hold yet."""
    plan = example_plan(ml_task="llm_rag")
    shared = {"monthly_usd": 35.69, "ops_hours_month": 1, "why": "Paid by the token.", "generated": False}
    planned = (
        Component.model_validate(
            {
                "slot": "llm",
                "option": "bedrock_nova_lite",
                "title": "Amazon Nova Lite on Amazon Bedrock",
                "size": {"model": "amazon.nova-lite-v1:0", "input_millions_month": 380},
                **shared,
            }
        ),
        Component.model_validate(
            {
                "slot": "vector_store",
                "option": "s3_vectors",
                "title": "Amazon S3 Vectors",
                "size": {"storage_gb": 12.5},
                **shared,
            }
        ),
    )
    return plan.model_copy(update={"components": (*plan.components, *planned)})


def example_cost(expected_usd: float = 1234.5) -> CostEstimate:
    """A bill with one priced and one unknown line."""
    shared = {"slot": "serve", "option": "ecs_fargate_service", "quantity": 730.0, "unit": "hours"}
    known = CostLine.model_validate(
        {
            **shared,
            "item": "vCPU hours",
            "unit_price_usd": 0.04,
            "monthly_usd": 29.2,
            "formula": "1 vCPU x 730 h",
            "source": "AWS price list",
            "source_date": AS_OF,
            "method": "exact",
            "region": "us-east-1",
        }
    )
    unknown = known.model_copy(
        update={"item": "support", "unit_price_usd": None, "monthly_usd": None, "method": "unknown"}
    )
    return CostEstimate(
        lines=(known, unknown),
        low_usd=expected_usd * 0.8,
        expected_usd=expected_usd,
        high_usd=expected_usd * 1.3,
        per_1000_predictions_usd=0.0082,
        per_retrain_usd=1.2,
        unknown_lines=1,
        as_of=AS_OF,
    )


def stated(field: str, value: Any, text: str) -> Constraint:
    """A constraint that the brief states with these words."""
    quote = Quote(text=text, start=0, end=len(text))
    return Constraint.model_validate(
        {"field": field, "value": value, "source": "stated", "confidence": 0.9, "quote": quote}
    )
