"""Sizing of training, orchestration, registry, observation, delivery, network and keys."""

import math

from libs.planning import demand
from libs.planning.models import Requirements
from libs.planning.sized import FARGATE_TASKS, Size, Unfit, rounded

USUAL_TRAINING_HOURS = 4.0
LONGEST_TRAINING_HOURS = 24.0
GPU_SPEEDUP = 15.0
SAGEMAKER_CPU: tuple[tuple[str, int, int], ...] = (("ml.m5.xlarge", 4, 16), ("ml.m5.2xlarge", 8, 32))
SAGEMAKER_GPU: tuple[tuple[str, int, int], ...] = (("ml.g4dn.xlarge", 4, 16), ("ml.g5.xlarge", 4, 16))
INTERFACE_ENDPOINTS = ("ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sts", "sagemaker.api")
"""Interface endpoints of a usual design; S3 and DynamoDB use free gateway endpoints."""
PIPELINE_STEPS = 15
CI_MINUTES_MONTH = 600
METRICS = {"online_api": 40, "batch_scoring": 15}
ALARMS = {"online_api": 12, "batch_scoring": 6}


def training_vcpu_hours(needs: Requirements) -> float:
    """Work of one training run on CPUs, search included: a planning allowance."""
    return 1.0 + 0.4 * demand.training_gb(needs) * demand.inference(needs).training_weight


def sagemaker_training(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Each instance type that is through within a day, GPU types where a GPU is needed."""
    work = training_vcpu_hours(needs)
    sizes: list[Size] = []
    for name, vcpu, _memory in SAGEMAKER_GPU if needs.gpu_needed else SAGEMAKER_CPU:
        speed = vcpu * (GPU_SPEEDUP if needs.gpu_needed else 1.0)
        hours = max(0.1, work / speed)
        if hours <= LONGEST_TRAINING_HOURS:
            runs = rounded(demand.trainings_month(needs))
            sizes.append({"instance_type": name, "hours_per_run": rounded(hours), "runs_per_month": runs})
    return tuple(sizes) or _too_long(needs)


def fargate_training(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """The smallest task that holds the data and is through within some hours, or else within a day."""
    work, memory_needed = training_vcpu_hours(needs), min(3 * demand.training_gb(needs), 100.0)
    for limit in (USUAL_TRAINING_HOURS, LONGEST_TRAINING_HOURS):
        for vcpu, memory in FARGATE_TASKS:
            hours = max(0.1, work / vcpu)
            if memory >= memory_needed and hours <= limit:
                return (
                    {
                        "vcpu": vcpu,
                        "memory_gb": memory,
                        "hours_per_run": rounded(hours),
                        "runs_per_month": rounded(demand.trainings_month(needs)),
                    },
                )
    return _too_long(needs)


def _too_long(needs: Requirements) -> Unfit:
    return Unfit(
        field="data_volume_gb",
        reason=f"training on {demand.training_gb(needs):,.0f} GB takes more than {LONGEST_TRAINING_HOURS:g} h",
    )


def step_functions(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """A transition a step, for every training run and every scoring run."""
    runs = demand.trainings_month(needs) + (demand.DAYS_MONTH if needs.archetype == "batch_scoring" else 0)
    return ({"transitions_per_month": math.ceil(runs * PIPELINE_STEPS)},)


def eventbridge_scheduler(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """One schedule for training, one for scoring."""
    return ({"schedules": 2 if needs.archetype == "batch_scoring" else 1},)


def sagemaker_registry(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """One model package group a model."""
    return ({"models": 1},)


def mlflow_fargate(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """A small tracking server for the team."""
    return ({"vcpu": 0.5, "memory_gb": 1 if needs.team_size <= 5 else 2},)


def cloudwatch(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Logs follow the volume; metrics and alarms follow the archetype."""
    return (
        {
            "log_gb_month": rounded(demand.log_gb_month(needs)),
            "metrics": METRICS[needs.archetype],
            "alarms": ALARMS[needs.archetype],
        },
    )


def managed_prometheus(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Ten series a metric, scraped twice a minute; two people edit dashboards."""
    series = METRICS[needs.archetype] * 10 * demand.zones(needs)
    samples = series * 2 * 60 * demand.HOURS_MONTH / 1e6
    return ({"samples_millions_month": rounded(samples), "active_users": min(needs.team_size, 5)},)


def ci_minutes(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Checks, tests and deployments of one repository."""
    return ({"minutes_month": CI_MINUTES_MONTH},)


def private_endpoints(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Interface endpoints in each zone in use."""
    return ({"azs": demand.zones(needs), "endpoints": len(INTERFACE_ENDPOINTS)},)


def private_nat(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """One gateway, or one a zone from 99.9 % on."""
    azs = demand.zones(needs)
    return ({"azs": azs, "nat_gateways": azs if needs.availability_pct >= 99.9 else 1},)


def customer_managed_keys(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """A key each for data, artifacts and logs."""
    return ({"keys": 3, "trail_events_millions": _trail_millions(needs)},)


def aws_managed_keys(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """No keys to pay for; the trail is the same."""
    return ({"trail_events_millions": _trail_millions(needs)},)


def _trail_millions(needs: Requirements) -> float:
    """Object-level events: pipelines touch files, requests do not."""
    return rounded(0.1 + needs.data_volume_gb * demand.trainings_month(needs) * 1e-5)
