"""Monthly use of what answers requests."""

import math

from libs.planning import demand, sizing_serving
from libs.planning.consumed import Use
from libs.planning.models import Requirements
from libs.planning.sized import Size

LCU_GB_HOUR = 1.0
"""Gigabytes an hour that one load balancer capacity unit carries."""
LCU_RULES_SECOND = 1000.0
IMAGE_GB = 1.5
VOLUME_GB = 30.0
API_TIER_MILLION = 300.0


def ecs_fargate_service(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Tasks that run on average, the load balancer, and what leaves it."""
    load = demand.inference(needs)
    busy = demand.average_rps(needs) * load.cpu_ms / 1000 / sizing_serving.UTILISATION / float(size["vcpu"])
    tasks = max(float(size["min_tasks"]), math.ceil(busy))
    hours = tasks * demand.HOURS_MONTH
    running = f"{tasks:g} tasks on average ({size['min_tasks']} to {size['max_tasks']}) x 730 h"
    gb_hour = demand.average_rps(needs) * 3600 * (demand.REQUEST_KB + demand.RESPONSE_KB) / 1e6
    units = max(gb_hour / LCU_GB_HOUR, demand.average_rps(needs) / LCU_RULES_SECOND, 0.1)
    vcpu_hours, gb_hours = hours * float(size["vcpu"]), hours * float(size["memory_gb"])
    lcu = f"{units:.2f} units x 730 h"
    return (
        Use("vCPU hours", "fargate.vcpu_hour", vcpu_hours, f"{size['vcpu']} vCPU x {running}", True),
        Use("memory hours", "fargate.gb_hour", gb_hours, f"{size['memory_gb']} GB x {running}", True),
        Use("load balancer", "alb.hour", demand.HOURS_MONTH, "1 load balancer x 730 h"),
        Use("load balancer capacity", "alb.lcu_hour", units * demand.HOURS_MONTH, lcu, True),
        Use("image storage", "ecr.gb_month", IMAGE_GB, f"1 image of {IMAGE_GB} GB"),
        _responses(needs),
    )


def lambda_service(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Requests, execution time, provisioned concurrency and the HTTP API."""
    million = demand.requests_month(needs) / 1e6
    memory = float(size["memory_mb"]) / 1024
    seconds = sizing_serving.lambda_seconds(needs, int(size["memory_mb"]))
    executed = million * 1e6 * seconds * memory
    timed = f"{million:,.2f} M x {seconds * 1000:.1f} ms x {memory:.3g} GB"
    provisioned = int(size["provisioned_concurrency"])
    first = min(million, API_TIER_MILLION)
    rows = [
        Use("API requests", "apigateway.http_million_first", first, f"{first:,.2f} M requests", True),
        Use("invocations", "lambda.million_requests", million, f"{million:,.2f} M requests", True),
        Use("image storage", "ecr.gb_month", IMAGE_GB, f"1 image of {IMAGE_GB} GB"),
        _responses(needs),
    ]
    if million > API_TIER_MILLION:
        rest = million - API_TIER_MILLION
        rows.append(
            Use(
                "API requests above 300 M",
                "apigateway.http_million_next",
                rest,
                f"{rest:,.2f} M requests",
                True,
            )
        )
    if provisioned:
        held = provisioned * memory * demand.HOURS_MONTH * 3600
        text = f"{provisioned} x {memory:.3g} GB x 730 h"
        rows.append(Use("provisioned concurrency", "lambda.provisioned_gb_second", held, text))
        rows.append(Use("execution", "lambda.provisioned_duration_gb_second", executed, timed, True))
    else:
        rows.append(Use("execution", "lambda.gb_second", executed, timed, True))
    return tuple(rows)


def sagemaker_endpoint(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Instances that run on average, and what leaves them."""
    peak = int(size["max_instances"]) - 1
    share = demand.average_rps(needs) / max(needs.throughput_rps, 1e-9)
    running = max(int(size["min_instances"]), math.ceil(peak * share))
    gb = demand.requests_month(needs) * (demand.REQUEST_KB + demand.RESPONSE_KB) / 1e6
    return (
        Use(
            "instances",
            f"sagemaker.hosting.{size['instance_type']}.hour",
            running * demand.HOURS_MONTH,
            f"{running} x {size['instance_type']} on average "
            f"({size['min_instances']} to {size['max_instances']}) x 730 h",
            True,
        ),
        Use("endpoint data", "sagemaker.endpoint_gb", gb, f"{gb:,.1f} GB in and out", True),
        Use(
            "endpoint volumes",
            "sagemaker.volume_gb_month",
            running * VOLUME_GB,
            f"{running} x {VOLUME_GB:g} GB",
            True,
        ),
        Use("image storage", "ecr.gb_month", IMAGE_GB, f"1 image of {IMAGE_GB} GB"),
        _responses(needs),
    )


def _responses(needs: Requirements) -> Use:
    gb = demand.requests_month(needs) * demand.RESPONSE_KB / 1e6
    million = demand.requests_month(needs) / 1e6
    text = f"{million:,.2f} M answers x {demand.RESPONSE_KB:g} KB, as if all callers were outside AWS"
    return Use("data out", "transfer.gb_out", gb, text, True)
