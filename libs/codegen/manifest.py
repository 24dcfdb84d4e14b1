"""The one table of which template files belong to which workload, archetype and option."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from libs.codegen.models import Blueprint
from libs.planning.models import Archetype, Slot


@dataclass(frozen=True)
class Binding:
    """Template files that are rendered only for some plans; what no binding names is always rendered."""

    pattern: str
    """Of the template path below `ml_repo` or `terraform/aws`; `*` also matches slashes."""
    workload: Literal["tabular", "rag"] | None = None
    archetype: Archetype | None = None
    slot: Slot | None = None
    options: tuple[str, ...] = ()

    def holds(self, bp: Blueprint) -> bool:
        """Whether the plan asks for these files."""
        if self.workload is not None and bp.workload != self.workload:
            return False
        if self.archetype is not None and bp.archetype != self.archetype:
            return False
        return self.slot is None or bp.option(self.slot) in self.options


ML_REPO_BINDINGS: tuple[Binding, ...] = (
    Binding("monitoring/rules.yaml.jinja", archetype="online_api"),
    Binding("monitoring/dashboards/*", archetype="online_api"),
    Binding(".github/*", slot="cicd", options=("github_actions",)),
    Binding(".gitlab-ci.yml.jinja", slot="cicd", options=("gitlab_ci",)),
    Binding("monitoring/capacity.yaml.jinja", archetype="online_api"),
    Binding("src/__package__/serve/*", archetype="online_api"),
    Binding("src/__package__/load/*", archetype="online_api"),
    Binding("src/__package__/monitoring/live.py", archetype="online_api"),
    Binding("tests/load/*", archetype="online_api"),
    Binding("tests/integration/test_live_drift.py.jinja", archetype="online_api"),
    Binding("tests/integration/test_serve.py.jinja", archetype="online_api"),
    Binding("docker/serve.Dockerfile.jinja", archetype="online_api"),
    Binding("docker/prometheus.yaml.jinja", archetype="online_api"),
    Binding("docker/grafana/*", archetype="online_api"),
    Binding("pipelines/score.yaml.jinja", archetype="batch_scoring"),
)


TERRAFORM_BINDINGS: tuple[Binding, ...] = (
    Binding("envs/__env__/llm.tf.jinja", workload="rag"),
    Binding("envs/__env__/drift.tf.jinja", workload="tabular"),
)
"""Of the files below `terraform/aws` that are no modules."""


def bound_to_plan(bp: Blueprint, path: str, bindings: Sequence[Binding] = ML_REPO_BINDINGS) -> bool:
    """Whether a file belongs to the plan: every binding that names it must hold."""
    return all(binding.holds(bp) for binding in bindings if fnmatchcase(path, binding.pattern))
