"""Sizing of what answers requests or scores in batches."""

import math

from libs.planning import demand
from libs.planning.models import Requirements
from libs.planning.sized import FARGATE_TASKS, Size, Unfit, rounded

SERVICE_TASKS: tuple[tuple[float, int], ...] = ((0.5, 1), (1, 2), (2, 4), (4, 8))
ECS_TASK_LIMIT = 2000
"""Tasks of one service up to which a design is made; above it the service would be split."""
LAMBDA_CONCURRENCY = 900
"""Of the default quota of 1,000 concurrent executions 100 stay unreserved."""
API_GATEWAY_RPS_QUOTA = 10_000
LAMBDA_MEMORY: tuple[int, ...] = (1769, 3538)
"""One and two vCPU by the provider's documentation."""
ENDPOINT_CPU: tuple[tuple[str, int], ...] = (("ml.c5.xlarge", 4), ("ml.m5.xlarge", 4), ("ml.m5.2xlarge", 8))
ENDPOINT_GPU: tuple[tuple[str, float], ...] = (("ml.g4dn.xlarge", 1.0), ("ml.g5.xlarge", 2.0))
"""GPU types and their inference speed in relation to the first."""
ENDPOINT_LIMIT = 200
ARRAY_JOBS = 50
UTILISATION = demand.TARGET_CPU_PCT / 100


def ecs_fargate_service(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Tasks that carry the peak at the target utilisation; a floor that carries a sudden third of it."""
    load = demand.inference(needs)
    sizes: list[Size] = []
    for vcpu, memory in SERVICE_TASKS:
        if memory < load.memory_gb:
            continue
        needed = math.ceil(needs.throughput_rps * load.cpu_ms / 1000 / UTILISATION / vcpu)
        for floor in _floors(needs, needed, ECS_TASK_LIMIT):
            size: Size = {
                "vcpu": vcpu,
                "memory_gb": memory,
                "min_tasks": floor,
                "max_tasks": max(floor, needed) + 1,
                "target_cpu_pct": demand.TARGET_CPU_PCT,
            }
            sizes.append(size)
    return tuple(sizes) or Unfit(
        field="throughput_rps",
        reason=f"{needs.throughput_rps:,.0f} requests a second need more than {ECS_TASK_LIMIT:,} tasks",
    )


def lambda_service(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Concurrency by Little's law, with and without provisioned concurrency."""
    load = demand.inference(needs)
    if needs.throughput_rps > API_GATEWAY_RPS_QUOTA:
        return Unfit(
            field="throughput_rps",
            reason=f"{needs.throughput_rps:,.0f} requests a second are above API Gateway's default quota "
            f"of {API_GATEWAY_RPS_QUOTA:,}",
        )
    fitting = [memory for memory in LAMBDA_MEMORY if memory / 1024 >= load.memory_gb]
    if not fitting:
        return Unfit(
            field="ml_task", reason=f"one prediction needs {load.memory_gb:g} GB, more than is planned"
        )
    sizes: list[Size] = []
    for memory in fitting:
        seconds = lambda_seconds(needs, memory)
        concurrency = max(1, math.ceil(needs.throughput_rps * seconds))
        if concurrency > LAMBDA_CONCURRENCY:
            continue
        reserved = min(LAMBDA_CONCURRENCY, concurrency * 2)
        for provisioned in (0, concurrency):
            size: Size = {
                "memory_mb": memory,
                "provisioned_concurrency": provisioned,
                "reserved_concurrency": reserved,
            }
            sizes.append(size)
    return tuple(sizes) or Unfit(
        field="throughput_rps",
        reason=f"the peak needs more than the {LAMBDA_CONCURRENCY:,} concurrent executions of the default quota",
    )


def lambda_seconds(needs: Requirements, memory_mb: int) -> float:
    """Billed time of one prediction."""
    vcpu = memory_mb / LAMBDA_MEMORY[0]
    load = demand.inference(needs)
    return (5 + load.wait_ms + load.cpu_ms / vcpu) / 1000


def sagemaker_endpoint(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Instances that carry the peak, GPU types where a GPU is needed."""
    load = demand.inference(needs)
    sizes: list[Size] = []
    capacities = (
        [(name, speed * 1000 / load.gpu_ms) for name, speed in ENDPOINT_GPU]
        if needs.gpu_needed
        else [(name, vcpu * 1000 / load.cpu_ms) for name, vcpu in ENDPOINT_CPU]
    )
    for name, per_second in capacities:
        needed = math.ceil(needs.throughput_rps / (per_second * UTILISATION))
        for floor in _floors(needs, needed, ENDPOINT_LIMIT):
            top = max(floor, needed) + 1
            sizes.append({"instance_type": name, "min_instances": floor, "max_instances": top})
    return tuple(sizes) or Unfit(
        field="throughput_rps",
        reason=f"{needs.throughput_rps:,.0f} requests a second need more than {ENDPOINT_LIMIT} instances",
    )


def _floors(needs: Requirements, needed: int, limit: int) -> list[int]:
    """Least numbers of replicas: what the zones ask for, and a third of the peak; none above the limit."""
    floors = {max(replicas, math.ceil(needed / 3)) for replicas in demand.replica_floors(needs)}
    return [floor for floor in sorted(floors) if max(floor, needed) <= limit]


def fargate_batch(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """The two smallest tasks that are through in the scoring window."""
    sizes: list[Size] = []
    for vcpu, memory in FARGATE_TASKS:
        hours = 0.1 + scoring_vcpu_hours(needs) / vcpu
        if hours <= demand.SCORING_HOURS:
            sizes.append(_batch_size(vcpu, memory, hours))
    return tuple(sizes[:2]) or Unfit(
        field="predictions_per_day",
        reason=f"{needs.predictions_per_day:,.0f} rows a night take one task more than "
        f"{demand.SCORING_HOURS:g} h",
    )


def aws_batch(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """One task, or an array of the largest tasks; hours count the whole array. Spot prices are not known."""
    for vcpu, memory in FARGATE_TASKS:
        hours = 0.1 + scoring_vcpu_hours(needs) / vcpu
        if hours <= demand.SCORING_HOURS:
            return ({**_batch_size(vcpu, memory, hours), "spot": False},)
    vcpu, memory = FARGATE_TASKS[-2]
    hours = scoring_vcpu_hours(needs) / vcpu
    if hours <= demand.SCORING_HOURS * ARRAY_JOBS:
        return ({**_batch_size(vcpu, memory, hours + 0.1), "spot": False},)
    return Unfit(
        field="predictions_per_day",
        reason=f"{needs.predictions_per_day:,.0f} rows a night need more than {ARRAY_JOBS} array jobs",
    )


def scoring_vcpu_hours(needs: Requirements) -> float:
    """Work of one nightly run."""
    return needs.predictions_per_day * demand.inference(needs).cpu_ms / 1000 / 3600


def _batch_size(vcpu: float, memory: int, hours: float) -> Size:
    return {
        "vcpu": vcpu,
        "memory_gb": memory,
        "hours_per_run": rounded(hours),
        "runs_per_month": demand.DAYS_MONTH,
    }
