"""Monthly use of training, orchestration, registry, observation, delivery, network and keys."""

from libs.planning import demand
from libs.planning.consumed import Use
from libs.planning.models import Requirements
from libs.planning.sized import Size

ARTIFACT_GB = 2.0
VOLUME_GB = 30.0
NAT_BASE_GB = 20.0
"""Images, packages and API calls of the pipeline in a month."""


def sagemaker_training(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Instance hours of the training runs."""
    hours = float(size["hours_per_run"]) * float(size["runs_per_month"])
    text = f"{size['runs_per_month']} runs x {size['hours_per_run']} h on {size['instance_type']}"
    storage = VOLUME_GB * hours / demand.HOURS_MONTH
    return (
        Use("training hours", f"sagemaker.training.{size['instance_type']}.hour", hours, text),
        Use("training volume", "sagemaker.volume_gb_month", storage, f"{VOLUME_GB:g} GB while it runs"),
    )


def step_functions(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """State transitions."""
    thousand = float(size["transitions_per_month"]) / 1000
    text = f"{size['transitions_per_month']} transitions"
    return (Use("transitions", "step_functions.thousand_transitions", thousand, text),)


def eventbridge_scheduler(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """An invocation a run."""
    runs = demand.trainings_month(needs) + (demand.DAYS_MONTH if needs.archetype == "batch_scoring" else 0)
    return (Use("invocations", "scheduler.million_invocations", runs / 1e6, f"{runs:g} runs"),)


def sagemaker_registry(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """The registry itself is not billed; its artifacts are stored."""
    return (Use("model artifacts", "s3.gb_month", ARTIFACT_GB, f"{ARTIFACT_GB:g} GB of model versions"),)


def mlflow_fargate(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """One task all month, and its artifacts."""
    hours = demand.HOURS_MONTH
    return (
        Use("vCPU hours", "fargate.vcpu_hour", float(size["vcpu"]) * hours, f"{size['vcpu']} vCPU x 730 h"),
        Use("memory hours", "fargate.gb_hour", float(size["memory_gb"]) * hours, f"{size['memory_gb']} GB x 730 h"),
        Use("model artifacts", "s3.gb_month", ARTIFACT_GB, f"{ARTIFACT_GB:g} GB of model versions"),
    )  # fmt: skip


def cloudwatch(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Logs, custom metrics, alarms and one dashboard."""
    return (
        Use(
            "logs",
            "cloudwatch.logs_gb",
            float(size["log_gb_month"]),
            f"{size['log_gb_month']} GB ingested",
            True,
        ),
        Use(
            "metrics", "cloudwatch.metric_month", float(size["metrics"]), f"{size['metrics']} custom metrics"
        ),
        Use("alarms", "cloudwatch.alarm_month", float(size["alarms"]), f"{size['alarms']} alarms"),
        Use("dashboard", "cloudwatch.dashboard_month", 1, "1 dashboard"),
    )


def managed_prometheus(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Samples, people with a licence, and the logs that stay in CloudWatch."""
    gb = demand.log_gb_month(needs)
    millions = float(size["samples_millions_month"])
    return (
        Use("samples", "amp.million_samples", millions, f"{millions:g} M samples ingested"),
        Use("editors", "grafana.editor_month", float(size["active_users"]), f"{size['active_users']} people"),
        Use("logs", "cloudwatch.logs_gb", gb, f"{gb:.3f} GB ingested in CloudWatch", True),
    )


def github_actions(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Linux minutes, without included ones."""
    return (
        Use(
            "minutes", "github.linux_minute", float(size["minutes_month"]), f"{size['minutes_month']} minutes"
        ),
    )


def gitlab_ci(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Compute minutes, without included ones."""
    return (
        Use(
            "minutes", "gitlab.linux_minute", float(size["minutes_month"]), f"{size['minutes_month']} minutes"
        ),
    )


def private_endpoints(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Endpoint hours in each zone, and the logs and images that pass them."""
    hours = float(size["azs"]) * float(size["endpoints"]) * demand.HOURS_MONTH
    gb = NAT_BASE_GB + demand.log_gb_month(needs)
    return (
        Use(
            "endpoint hours",
            "endpoint.hour",
            hours,
            f"{size['endpoints']} endpoints x {size['azs']} zones x 730 h",
        ),
        Use("endpoint data", "endpoint.gb", gb, f"{gb:.1f} GB of images and logs"),
    )


def private_nat(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Gateway hours, and the logs and images that pass them."""
    gb = NAT_BASE_GB + demand.log_gb_month(needs)
    hours = float(size["nat_gateways"]) * demand.HOURS_MONTH
    return (
        Use("gateway hours", "nat.hour", hours, f"{size['nat_gateways']} gateways x 730 h"),
        Use("gateway data", "nat.gb", gb, f"{gb:.1f} GB of images and logs"),
    )


def customer_managed_keys(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Keys and their requests, and the trail."""
    requests = 10 + demand.stored_gb(needs) * 0.01
    return (
        Use("keys", "kms.key_month", float(size["keys"]), f"{size['keys']} keys"),
        Use(
            "key requests",
            "kms.ten_thousand_requests",
            requests,
            f"{requests * 10:,.0f} thousand; data keys are cached",
        ),
        _trail(size),
    )


def aws_managed_keys(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Only the trail costs."""
    return (_trail(size),)


def _trail(size: Size) -> Use:
    millions = float(size["trail_events_millions"])
    return Use(
        "trail events", "cloudtrail.hundred_thousand_events", millions * 10, f"{millions:g} M data events"
    )
