"""The one table of what answers a requirement: slots, files, the value in them, and what can prove it."""

from collections.abc import Callable
from typing import NamedTuple

from libs.codegen.filters import hcl
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
    """Properties of the plan that must hold: `latency`, `cost`, `availability`, `operations`, `policy`."""
    value: Callable[[Blueprint], tuple[str, ...]] = lambda _: ()
    """Texts that must be in those files, so that a constraint that was ignored does not count as answered."""


def _size(slot: Slot) -> Callable[[Blueprint], tuple[str, ...]]:
    def value(bp: Blueprint) -> tuple[str, ...]:
        size = bp.components[slot].size if slot in bp.components else {}
        return tuple(f"{key} = {hcl(size[key])}" for key in sorted(size.keys() - _COUNTED))

    return value


_COUNTED = {"runs_per_month"}
"""Sizes that only count for the bill; the schedule holds them."""
_PIPELINE = ("src/*.py", "pipeline.json", "config/*.yaml")
_ANSWERS = ("config/*.yaml", "src/*/config.py", "src/*/answering.py")
"""What bounds prompts and answers of a language model."""
_PYTEST = ("pytest",)
_INFRA = ("terraform_validate", "hcl", "checkov")

TRACES: dict[FieldName, Trace] = {
    "ml_task": Trace(
        ("train",), (*_PIPELINE, "data/schema.json"), _PYTEST, value=lambda bp: (bp.target, bp.metric)
    ),
    "workloads": Trace(
        ("serve", "train", "orchestrate"), ("src/*.py", "infra/modules/{serve}/*"), _PYTEST + _INFRA
    ),
    "latency_ms_p95": Trace(
        ("serve", "features"),
        ("infra/modules/{serve}/*", "infra/modules/{features}/*", "monitoring/*", "config/base.yaml"),
        _PYTEST + _INFRA,
        ("latency",),
        lambda bp: () if bp.latency_ms_p95 is None else (f"latency_ms_p95: {bp.latency_ms_p95}",),
    ),
    "throughput_rps": Trace(
        ("serve",), ("infra/modules/{serve}/*", "infra/envs/prod/*"), _INFRA, value=_size("serve")
    ),
    "predictions_per_day": Trace(
        ("serve",), ("infra/modules/{serve}/*", "infra/envs/prod/*"), _INFRA, value=_size("serve")
    ),
    "budget_usd_month": Trace(
        (),
        ("docs/cost.md", "infra/envs/prod/*", "infra/modules/alerts/*"),
        _INFRA,
        ("cost",),
        lambda bp: () if bp.budget_usd_month is None else (str(hcl(bp.budget_usd_month)),),
    ),
    "regions": Trace(("network",), ("infra/envs/*", "config/*.yaml"), _INFRA, value=lambda bp: (bp.region,)),
    "compliance": Trace(
        ("security", "network", "store"),
        ("infra/modules/{security}/*", "infra/modules/{network}/*", "infra/modules/{store}/*"),
        _INFRA,
        ("policy",),
    ),
    "data_classification": Trace(
        ("security", "store"),
        ("infra/modules/{security}/*", "infra/modules/{store}/*", "infra/envs/*"),
        _INFRA,
        ("policy",),
        lambda bp: (bp.data_classification,),
    ),
    "availability_pct": Trace(
        ("serve", "network"),
        ("infra/modules/{serve}/*", "infra/modules/{network}/*", "monitoring/*"),
        _INFRA,
        ("availability",),
        lambda bp: (str(bp.availability_pct),),
    ),
    "deployment_preference": Trace(("serve",), ("infra/modules/{serve}/*",), _INFRA),
    "gpu_needed": Trace(
        ("train",), ("infra/modules/{train}/*", "infra/envs/prod/*"), _INFRA, value=_size("train")
    ),
    "data_volume_gb": Trace(
        ("store", "process"), ("infra/modules/{store}/*", "infra/envs/prod/*"), _INFRA, value=_size("store")
    ),
    "training_frequency": Trace(
        ("orchestrate", "train"),
        ("infra/modules/{orchestrate}/*", "infra/envs/prod/*"),
        _INFRA,
        value=lambda bp: (bp.training_schedule,) if bp.training_schedule else (),
    ),
    "scoring_frequency": Trace(
        ("orchestrate", "serve"),
        ("infra/modules/{orchestrate}/*", "infra/envs/prod/*"),
        _INFRA,
        value=lambda bp: (bp.scoring_schedule,) if bp.scoring_schedule else (),
    ),
    "cloud": Trace((), ("infra/envs/*",), _INFRA, value=lambda _: ("hashicorp/aws",)),
    "llm_hosting": Trace(("llm",), ("src/*/models/*.py", "infra/modules/{llm}/*"), _PYTEST + _INFRA),
    "model_parameters_b": Trace(
        ("llm",), ("infra/modules/{llm}/*", "infra/envs/prod/*"), _INFRA, value=_size("llm")
    ),
    "context_tokens": Trace(("llm",), _ANSWERS, _PYTEST),
    "input_tokens": Trace(
        ("llm",), _ANSWERS, _PYTEST, value=lambda bp: (f"prompt: {bp.tokens.prompt}",) if bp.tokens else ()
    ),
    "output_tokens": Trace(
        ("llm",),
        _ANSWERS,
        _PYTEST,
        value=lambda bp: (f"max_output_tokens: {bp.tokens.answer}",) if bp.tokens else (),
    ),
    "team_size": Trace(("cicd",), (".github/*", ".gitlab-ci.yml", "CODEOWNERS"), (), ("operations",)),
}


def slots_answering(field: str) -> tuple[Slot, ...]:
    """The slots whose decisions answer a requirement; none for a field that the table does not know."""
    return next((TRACES[known].slots for known in TRACES if known == field), ())


def file_patterns(trace: Trace, bp: Blueprint, modules: dict[Slot, tuple[str, ...]]) -> tuple[str, ...]:
    """The patterns of a trace with `{slot}` replaced by the modules of the chosen option."""
    patterns: list[str] = []
    for pattern in trace.files:
        slot = next((slot for slot in bp.components if f"{{{slot}}}" in pattern), None)
        if slot is None:
            patterns.append(pattern)
        else:
            patterns.extend(pattern.replace(f"{{{slot}}}", module) for module in modules.get(slot, ()))
    return tuple(pattern for pattern in patterns if "{" not in pattern)
