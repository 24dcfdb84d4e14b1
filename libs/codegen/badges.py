"""What was done with each generated file: executed, tested, validated, or not checked."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from libs.codegen.models import CheckResult, RenderedFile
from libs.core.values import Value

Badge = Literal["executed", "tested", "validated", "not checked"]
_RANK: dict[Badge, int] = {"executed": 3, "tested": 2, "validated": 1, "not checked": 0}


class FileBadge(Value):
    """One file and the strongest thing that was done with it."""

    path: str
    badge: Badge
    checks: tuple[str, ...]
    """The checks that looked at it and were green."""


class Scope(NamedTuple):
    """Which files a check looks at, and what that is worth; both are patterns, `*` also matches slashes."""

    check: str
    files: str
    badge: Badge


SCOPES: tuple[Scope, ...] = (
    Scope("pytest", "src/*.py", "executed"),
    Scope("pytest", "tests/*.py", "executed"),
    Scope("pytest", "data/*", "tested"),
    Scope("pytest", "tools/*.py", "executed"),
    Scope("pytest", "config/*.yaml", "tested"),
    Scope("pytest", "prompts/answer.md", "tested"),
    Scope("pytest", "prompts/guard.md", "tested"),
    Scope("pytest", "monitoring/capacity.yaml", "tested"),
    Scope("pytest", "monitoring/slo.yaml", "tested"),
    Scope("pytest", "pipelines/*.yaml", "tested"),
    Scope("pytest", "pipeline.json", "tested"),
    Scope("pytest", "pyproject.toml", "tested"),
    Scope("terraform_test", "infra/modules/*.tftest.hcl", "executed"),
    Scope("ruff", "*.py", "validated"),
    Scope("mypy", "src/*.py", "validated"),
    Scope("jsonschema", ".github/workflows/*.yml", "validated"),
    Scope("jsonschema", ".gitlab-ci.yml", "validated"),
    Scope("jsonschema", "bitbucket-pipelines.yml", "validated"),
    Scope("jsonschema", ".circleci/config.yml", "validated"),
    Scope("jsonschema", "*compose.yaml", "validated"),
    Scope("jsonschema", "data/schema.json", "validated"),
    Scope("jsonschema", "pipeline.json", "validated"),
    Scope("actionlint", ".github/workflows/*.yml", "validated"),
    Scope("yamllint", "*.yaml", "validated"),
    Scope("yamllint", "*.yml", "validated"),
    Scope("hadolint", "*Dockerfile", "validated"),
    Scope("trivy", "*Dockerfile", "validated"),
    Scope("licence", "requirements*.lock", "validated"),
    Scope("sbom", "requirements.lock", "validated"),
    Scope("hcl", "*.tf", "validated"),
    Scope("terraform_fmt", "*.tf", "validated"),
    Scope("terraform_fmt", "*.tfvars", "validated"),
    Scope("terraform_validate", "infra/*.tf", "validated"),
    Scope("checkov", "infra/*.tf", "validated"),
    Scope("checkov", "infra/policies/*.yaml", "executed"),
    Scope("policy", "*.tf", "validated"),
    Scope("tflint", "*.tf", "validated"),
    Scope("trivy", "infra/*.tf", "validated"),
)
"""A scan that only looks for something bad, such as secrets or dead links, says nothing about the rest of a file."""
UNREACHED = ("src/*/jobs/__main__.py", "src/*/load/__main__.py", "src/*/load/stub.py")
"""Entry points, and a server that needs sockets: no test imports them, so nothing executes them."""


def looks_at(check: str, path: str) -> Badge:
    """What a green check of this name is worth for the file."""
    if check == "pytest" and any(fnmatchcase(path, files) for files in UNREACHED):
        return "not checked"
    badges = [s.badge for s in SCOPES if fnmatchcase(check, s.check) and fnmatchcase(path, s.files)]
    return max(badges, key=_RANK.__getitem__, default="not checked")


def file_badges(files: Iterable[RenderedFile], results: Sequence[CheckResult]) -> tuple[FileBadge, ...]:
    """The badge of every file, by the checks that were green on this payload."""
    green = sorted(result.check for result in results if result.status in ("pass", "warn"))
    return tuple(_badge(file.path, green) for file in sorted(files, key=lambda file: file.path))


def _badge(path: str, green: Sequence[str]) -> FileBadge:
    worth = {check: looks_at(check, path) for check in green}
    checks = tuple(check for check in green if worth[check] != "not checked")
    return FileBadge(
        path=path,
        badge=max((worth[check] for check in checks), key=_RANK.__getitem__, default="not checked"),
        checks=checks,
    )
