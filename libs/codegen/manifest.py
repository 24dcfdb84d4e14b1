"""The one table of which template files and Terraform modules belong to which archetype and option."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from libs.codegen.errors import ModuleUnknown
from libs.codegen.manifest_terraform import PLANNED_ONLY, SHARED_MODULES, TERRAFORM_MODULES
from libs.codegen.models import Blueprint
from libs.planning.models import Archetype, Slot


@dataclass(frozen=True)
class Binding:
    """Template files that are rendered only for some plans; what no binding names is always rendered."""

    pattern: str
    """Of the template path below `ml_repo` or `terraform/aws`; `*` also matches slashes."""
    archetype: Archetype | None = None
    slot: Slot | None = None
    options: tuple[str, ...] = ()

    def holds(self, bp: Blueprint) -> bool:
        """Whether the plan asks for these files."""
        if self.archetype is not None and bp.archetype != self.archetype:
            return False
        return self.slot is None or bp.option(self.slot) in self.options


ML_REPO_BINDINGS: tuple[Binding, ...] = (
    Binding("monitoring/rules.yaml.jinja", archetype="online_api"),
    Binding("monitoring/dashboards/*", archetype="online_api"),
    Binding(".github/*", slot="cicd", options=("github_actions",)),
    Binding(".gitlab-ci.yml.jinja", slot="cicd", options=("gitlab_ci",)),
    Binding("src/__package__/serve/*", archetype="online_api"),
    Binding("tests/integration/test_serve.py.jinja", archetype="online_api"),
    Binding("docker/serve.Dockerfile.jinja", archetype="online_api"),
    Binding("pipelines/score.yaml.jinja", archetype="batch_scoring"),
)


def bound_to_plan(bp: Blueprint, path: str) -> bool:
    """Whether a file below `ml_repo` belongs to the plan: every binding that names it must hold."""
    return all(binding.holds(bp) for binding in ML_REPO_BINDINGS if fnmatchcase(path, binding.pattern))


def terraform_modules(bp: Blueprint) -> tuple[str, ...]:
    """Folders of `terraform/aws/modules` that the plan needs.

    Raises:
        ModuleUnknown: the plan chose an option that no module is bound to, in a slot that others depend on.
    """
    modules = set(SHARED_MODULES)
    for slot, component in bp.components.items():
        if slot in PLANNED_ONLY and not component.generated:
            continue
        if component.option not in TERRAFORM_MODULES:
            raise ModuleUnknown(
                f"No Terraform module is bound to the option {component.option!r}.",
                advice=f"Choose an option for {slot} that a repository can be written with.",
                slot=slot,
            )
        modules.update(TERRAFORM_MODULES[component.option])
    return tuple(sorted(modules))
