"""The list of rules, in the order in which they read: a rule may use what those above it found."""

from libs.intake.candidates import Rule
from libs.intake.models import FieldName
from libs.intake.rules import (
    availability,
    budget,
    cloud,
    compliance,
    data_class,
    data_volume,
    deployment,
    gpu,
    latency,
    ml_task,
    regions,
    team,
    training,
    volume,
    workloads,
)

RULES: tuple[tuple[FieldName, Rule], ...] = (
    ("ml_task", ml_task.read),
    ("latency_ms_p95", latency.read),
    ("workloads", workloads.read),
    ("predictions_per_day", volume.read_daily),
    ("throughput_rps", volume.read_throughput),
    ("budget_usd_month", budget.read),
    ("cloud", cloud.read),
    ("regions", regions.read),
    ("compliance", compliance.read),
    ("data_classification", data_class.read),
    ("availability_pct", availability.read),
    ("deployment_preference", deployment.read),
    ("gpu_needed", gpu.read),
    ("data_volume_gb", data_volume.read),
    ("training_frequency", training.read),
    ("team_size", team.read),
)
