"""The one table of what answers a requirement: slots, files, and the checks that can prove it."""

from typing import NamedTuple

from libs.codegen.models import Blueprint
from libs.intake.models import FieldName
from libs.planning.models import Slot


class Trace(NamedTuple):
    """Where a requirement shows up."""

    slots: tuple[Slot, ...]
    """Whose decisions answer it."""
    files: tuple[str, ...]
    """Patterns of the payload paths that hold it; `*` also matches slashes."""
    checks: tuple[str, ...]
    """Patterns of check names, any of which proves it on those files."""
    design: tuple[str, ...] = ()
    """Properties of the plan that must hold: `latency`, `cost`, `availability`, `policy`."""


_PIPELINE = ("src/*.py", "pipeline.json", "config/*.yaml")
_PYTEST = ("pytest",)
_INFRA = ("terraform_validate", "hcl", "checkov")

TRACES: dict[FieldName, Trace] = {
    "ml_task": Trace(("train",), _PIPELINE, _PYTEST),
    "workloads": Trace(
        ("serve", "train", "orchestrate"), ("src/*.py", "infra/modules/{serve}/*"), _PYTEST + _INFRA
    ),
    "latency_ms_p95": Trace(
        ("serve", "features"),
        ("infra/modules/{serve}/*", "infra/modules/{features}/*", "monitoring/*", "config/*.yaml"),
        _PYTEST + _INFRA,
        ("latency",),
    ),
    "throughput_rps": Trace(("serve",), ("infra/modules/{serve}/*", "infra/envs/*"), _INFRA),
    "predictions_per_day": Trace(("serve",), ("infra/modules/{serve}/*", "infra/envs/*"), _INFRA),
    "budget_usd_month": Trace((), ("docs/cost.md", "infra/envs/*", "config/*.yaml"), _INFRA, ("cost",)),
    "regions": Trace(("network",), ("infra/envs/*", "config/*.yaml"), _INFRA),
    "compliance": Trace(
        ("security", "network", "store"),
        ("infra/modules/{security}/*", "infra/modules/{network}/*", "infra/modules/{store}/*"),
        _INFRA,
        ("policy",),
    ),
    "data_classification": Trace(
        ("security", "store"), ("infra/modules/{security}/*", "infra/modules/{store}/*"), _INFRA, ("policy",)
    ),
    "availability_pct": Trace(
        ("serve", "network"),
        ("infra/modules/{serve}/*", "infra/modules/{network}/*", "monitoring/*"),
        _INFRA,
        ("availability",),
    ),
    "deployment_preference": Trace(("serve",), ("infra/modules/{serve}/*",), _INFRA),
    "gpu_needed": Trace(("train",), ("infra/modules/{train}/*", "infra/envs/*"), _INFRA),
    "data_volume_gb": Trace(("store", "process"), ("infra/modules/{store}/*", "infra/envs/*"), _INFRA),
    "training_frequency": Trace(
        ("orchestrate", "train"), ("infra/modules/{orchestrate}/*", "infra/envs/*", "config/*.yaml"), _INFRA
    ),
    "cloud": Trace((), ("infra/envs/*",), _INFRA),
    "team_size": Trace(("cicd",), (".github/*", ".gitlab-ci.yml", "CODEOWNERS"), _INFRA),
}


def file_patterns(trace: Trace, bp: Blueprint, modules: dict[Slot, tuple[str, ...]]) -> tuple[str, ...]:
    """The patterns of a trace with `{slot}` replaced by the modules of the chosen option."""
    patterns: list[str] = []
    for pattern in trace.files:
        slot = next((slot for slot in bp.components if f"{{{slot}}}" in pattern), None)
        if slot is None:
            patterns.append(pattern)
        else:
            patterns.extend(pattern.replace(f"{{{slot}}}", module) for module in modules[slot])
    return tuple(pattern for pattern in patterns if "{" not in pattern)
