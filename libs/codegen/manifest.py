"""The one table of which template files belong to which workload, archetype and option."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from libs.codegen.manifest_adapters import ADAPTER_FILES, serves_http
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
    """Any of them is enough; of any slot when none is named."""
    http: bool = False
    """Only where predictions are asked for over HTTP."""

    def holds(self, bp: Blueprint) -> bool:
        """Whether the plan asks for these files."""
        if self.workload is not None and bp.workload != self.workload:
            return False
        if self.archetype is not None and bp.archetype != self.archetype:
            return False
        if self.http and not serves_http(bp):
            return False
        if self.slot is not None:
            return bp.option(self.slot) in self.options
        return not self.options or any(c.option in self.options for c in bp.components.values())


ML_REPO_BINDINGS: tuple[Binding, ...] = (
    Binding("monitoring/rules.yaml.jinja", archetype="online_api"),
    Binding("monitoring/dashboards/*", archetype="online_api"),
    Binding(".github/*", slot="cicd", options=("github_actions",)),
    Binding(".gitlab-ci.yml.jinja", slot="cicd", options=("gitlab_ci",)),
    Binding("monitoring/capacity.yaml.jinja", http=True),
    Binding("src/__package__/serve/*", http=True),
    Binding("src/__package__/load/*", http=True),
    Binding("src/__package__/monitoring/live.py", http=True),
    Binding("tests/load/*", http=True),
    Binding("tests/integration/test_live_drift.py.jinja", http=True),
    Binding("tests/integration/test_serve.py.jinja", http=True),
    Binding("docker/serve.Dockerfile.jinja", http=True),
    Binding("docker/prometheus.yaml.jinja", http=True),
    Binding("docker/grafana/*", http=True),
    Binding("pipelines/score.yaml.jinja", archetype="batch_scoring"),
    *(Binding(pattern, options=options) for pattern, options in ADAPTER_FILES.items()),
)


TERRAFORM_BINDINGS: tuple[Binding, ...] = (
    Binding("envs/__env__/llm.tf.jinja", workload="rag"),
    Binding("envs/__env__/drift.tf.jinja", workload="tabular"),
)
"""Of the files below `terraform/aws` that are no modules."""


def bound_to_plan(bp: Blueprint, path: str, bindings: Sequence[Binding] = ML_REPO_BINDINGS) -> bool:
    """Whether a file belongs to the plan: every binding that names it must hold."""
    return all(binding.holds(bp) for binding in bindings if fnmatchcase(path, binding.pattern))
