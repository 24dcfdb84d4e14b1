"""Does a plan hold what was asked: a checker with its own tables, sharing no code with the planner."""

import math

from libs.planning.models import Plan

DEPLOYMENTS = {
    "ecs_fargate_service": {"containers", "serverless"},
    "lambda_service": {"serverless", "managed"},
    "sagemaker_endpoint": {"managed"},
    "fargate_batch": {"serverless", "containers"},
    "aws_batch": {"serverless", "containers", "managed"},
}
SERVED = {
    "online_api": {"ecs_fargate_service", "lambda_service", "sagemaker_endpoint"},
    "batch_scoring": {"fargate_batch", "aws_batch"},
}
LEVELS = {
    "ecs_fargate_service": 0.9998,
    "lambda_service": 0.999,
    "sagemaker_endpoint": 0.9995,
    "fargate_batch": 0.9999,
    "aws_batch": 0.999,
    "dynamodb_features": 0.9999,
    "valkey_features": 0.9999,
    "offline_parquet": 1.0,
}
ALONE = {"ecs_fargate_service": 0.9949, "sagemaker_endpoint": 0.995, "valkey_features": 0.995}
TWELVE = [
    "ingest", "store", "process", "features", "orchestrate", "train",
    "registry", "serve", "observe", "cicd", "network", "security",
]  # fmt: skip


def violations(plan: Plan) -> list[str]:
    """What the plan does not hold, in words; empty when it holds everything."""
    needs, found = plan.requirements, []
    options = {component.slot: component.option for component in plan.components}
    sizes = {component.slot: component.size for component in plan.components}
    if [component.slot for component in plan.components] != TWELVE:
        found.append("not one component a slot")
    if options["serve"] not in SERVED[needs.archetype]:
        found.append("served by an option of another archetype")
    total = sum(line.quantity * line.unit_price_usd for line in plan.cost.lines if line.unit_price_usd)
    if not math.isclose(total, plan.cost.expected_usd, abs_tol=0.05, rel_tol=0.001):
        found.append(f"the lines make {total}, the estimate says {plan.cost.expected_usd}")
    if needs.budget_usd_month is not None and total > needs.budget_usd_month + 0.05:
        found.append("over budget")
    if any(line.unit_price_usd is None for line in plan.cost.lines):
        found.append("an unknown price was chosen unasked")
    if any(line.region not in (needs.region, "global") for line in plan.cost.lines):
        found.append("priced in another region")
    if needs.latency_ms_p95 is not None and sum(h.p95_ms for h in plan.latency.hops) > needs.latency_ms_p95:
        found.append("too slow")
    if availability_of(options, sizes) < needs.availability_pct / 100 - 1e-7:
        found.append("not available enough")
    if needs.deployment_preference and needs.deployment_preference not in DEPLOYMENTS[options["serve"]]:
        found.append("deployed in another way than asked for")
    if needs.gpu_needed and not str(sizes["train"].get("instance_type", "")).startswith("ml.g"):
        found.append("trained without a GPU")
    online = needs.archetype == "online_api"
    if needs.gpu_needed and online and not str(sizes["serve"].get("instance_type", "")).startswith("ml.g"):
        found.append("served without a GPU")
    if needs.streaming and online and options["ingest"] != "kinesis_stream":
        found.append("a stream without a stream")
    if needs.streaming and online and options["features"] == "offline_parquet":
        found.append("a stream without an online feature store")
    guarded = {"PCI-DSS", "HIPAA"} & set(needs.compliance) or needs.data_classification == "restricted"
    if guarded and options["security"] != "customer_managed_keys":
        found.append("guarded data without customer managed keys")
    if guarded and options["network"] != "private_endpoints":
        found.append("guarded data with a way to the Internet")
    if guarded and options["serve"] == "lambda_service":
        found.append("guarded data behind a public endpoint")
    if options["orchestrate"] == "eventbridge_scheduler" and options["train"] != "fargate_training":
        found.append("a bare schedule with a managed training job")
    return found


def availability_of(options: dict[str, str], sizes: dict[str, dict]) -> float:
    """Product of the published levels of what a request passes."""
    level = 1.0
    for slot in ("features", "serve"):
        option, size = options[slot], sizes[slot]
        alone = 1 in (size.get("min_tasks"), size.get("min_instances"), size.get("nodes"))
        level *= ALONE[option] if alone and option in ALONE else LEVELS[option]
    return level
