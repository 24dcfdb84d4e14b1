"""The one table of what answers a requirement: slots, files, the value in them, and what can prove it."""

from collections.abc import Callable
from typing import NamedTuple

from libs.codegen.filters import hcl, to_yaml
from libs.codegen.models import Blueprint
from libs.codegen.parts import sizes_of
from libs.codegen.wording import counted
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
        size = sizes_of(bp, "prod").get(slot, {})
        return tuple(f"{key} = {hcl(size[key])}" for key in sorted(size))

    return value


def _said(field: str) -> Callable[[Blueprint], tuple[str, ...]]:
    """The line of `config/base.yaml` that holds what was said."""

    def value(bp: Blueprint) -> tuple[str, ...]:
        return (f"{field}: {to_yaml(getattr(bp.stated, field))}",) if field in bp.stated.told else ()

    return value


def _promised(field: str) -> Callable[[Blueprint], tuple[str, ...]]:
    """The minutes as the runbook names them."""

    def value(bp: Blueprint) -> tuple[str, ...]:
        minutes = getattr(bp.stated, field)
        return () if minutes is None else (counted(minutes, "minutes"),)

    return value


_PIPELINE = ("src/*.py", "pipeline.json", "config/*.yaml")
_ANSWERS = ("config/*.yaml", "src/*/config.py", "src/*/answering.py")
"""What bounds prompts and answers of a language model."""
_CI = (
    ".github/*",
    ".gitlab-ci.yml",
    "Jenkinsfile",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    ".circleci/*",
    "ci/*",
)
_CI_CHECKS = ("actionlint", "jsonschema", "yamllint")
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
        ("infra/modules/{orchestrate}/*", "infra/envs/prod/*", "pipelines/*.yaml"),
        _INFRA,
        value=lambda bp: (bp.training_schedule,) if bp.training_schedule else (),
    ),
    "scoring_frequency": Trace(
        ("orchestrate", "serve"),
        ("infra/modules/{orchestrate}/*", "infra/envs/prod/*", "pipelines/*.yaml"),
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
    "success_metric": Trace((), ("config/*.yaml", "src/*/evaluat*"), _PYTEST, value=_said("success_metric")),
    "success_target": Trace((), ("config/*.yaml", "src/*/evaluat*"), _PYTEST, value=_said("success_target")),
    "explainability": Trace(
        (),
        ("config/base.yaml", "src/*/explain*", "src/*/answering.py"),
        _PYTEST,
        value=_said("explainability"),
    ),
    "data_sources": Trace(
        ("ingest",), ("config/base.yaml", "docs/data_card.md"), (), value=_said("data_sources")
    ),
    "data_formats": Trace(
        ("ingest",), ("config/base.yaml", "docs/data_card.md"), (), value=_said("data_formats")
    ),
    "personal_data": Trace((), ("docs/data_card.md", "config/base.yaml"), (), ("policy",)),
    "residency": Trace(
        ("network",),
        ("infra/envs/*",),
        _INFRA,
        value=lambda bp: ('check "residency"',) if bp.stated.residency else (),
    ),
    "retention_days": Trace(
        ("store", "ingest"),
        ("infra/modules/{store}/*", "infra/modules/{ingest}/*", "infra/envs/prod/*", "config/base.yaml"),
        _INFRA,
        value=_said("retention_days"),
    ),
    "existing_stack": Trace(
        (), ("config/base.yaml", "docs/architecture.md"), (), value=_said("existing_stack")
    ),
    "ci_provider": Trace(("cicd",), _CI, _CI_CHECKS),
    "team_skills": Trace((), ("config/base.yaml", "docs/architecture.md"), (), value=_said("team_skills")),
    "rpo_minutes": Trace(
        ("store",),
        ("infra/modules/{store}/*", "docs/runbooks/incident.md"),
        _INFRA,
        value=_promised("rpo_minutes"),
    ),
    "rto_minutes": Trace(
        ("store", "serve"),
        ("infra/modules/{store}/*", "infra/modules/{serve}/*", "docs/runbooks/incident.md"),
        _INFRA,
        value=_promised("rto_minutes"),
    ),
    "maintenance_window": Trace(
        ("cicd",),
        (*_CI, "docs/runbooks/deploy.md"),
        _CI_CHECKS,
        value=lambda bp: (bp.stated.window.words,) if bp.stated.window else (),
    ),
    "peak_factor": Trace(("serve",), ("infra/envs/prod/*",), _INFRA, value=_size("serve")),
    "seasonality": Trace((), ("config/base.yaml", "docs/architecture.md"), (), value=_said("seasonality")),
    "growth_pct_year": Trace(("serve",), ("infra/envs/prod/*",), _INFRA, value=_size("serve")),
    "model_size_gb": Trace(("serve",), ("infra/envs/prod/*",), _INFRA, value=_size("serve")),
    "users": Trace((), ("config/base.yaml", "docs/architecture.md"), (), value=_said("users")),
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
