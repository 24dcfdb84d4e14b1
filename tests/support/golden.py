"""The blueprints whose repositories are kept rendered under tests/golden."""

from collections.abc import Callable

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from tests.support.blueprints import fraud_blueprint
from tests.support.codegen_plans import example_cost, example_plan, stated

BRIEF = (
    "Design an MLOps system for real-time fraud detection with sub-100ms latency, PCI DSS compliance, "
    "and auto-scaling for 500 requests/second, for at most $5,000 a month."
)


def fraud_api() -> Blueprint:
    """The online API that the README shows."""
    plan = example_plan()
    plan = plan.model_copy(update={"cost": example_cost(fraud_blueprint().expected_usd_month)})
    constraints = (
        stated("ml_task", "classification", "fraud detection"),
        stated("workloads", ["online_inference"], "real-time"),
        stated("latency_ms_p95", 100, "sub-100ms latency"),
        stated("compliance", ["PCI-DSS"], "PCI DSS compliance"),
        stated("throughput_rps", 500, "500 requests/second"),
        stated("budget_usd_month", 5000, "at most $5,000 a month"),
    )
    return build_blueprint(plan, constraints, name="fraud-api", brief_title=BRIEF)


GOLDEN: dict[str, Callable[[], Blueprint]] = {"fraud-api": fraud_api}
