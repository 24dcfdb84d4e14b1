"""Every root module initialises from the provider mirror and validates, without network and without backend."""

import asyncio
import json
from pathlib import PurePosixPath
from typing import Any

from libs.codegen.checks.check import Tree, agreeing
from libs.codegen.checks.terraform_runs import INIT_FAILED, TerraformRuns, init_finding, version_of
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Outcome, Sandbox

_VALIDATE = ("validate", "-json", "-no-color")


class TerraformValidateCheck:
    """`terraform init` and `terraform validate` in each environment, each in a sandbox of its own."""

    name = "terraform_validate"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._runs = TerraformRuns(sandbox, tools)

    async def run(self, tree: Tree) -> CheckResult:
        if reason := self._runs.missing():
            return tree.result(self.name, "skipped", reason)
        roots = await asyncio.to_thread(root_modules, tree)
        if not roots:
            return tree.result(self.name, "skipped", "There is no root module in this repository.")
        outcomes = await self._runs.run_each(tree, roots, _VALIDATE, codes=(0, 1))
        findings = [
            finding
            for root, outcome in zip(roots, outcomes, strict=True)
            for finding in agreeing(_findings(root, outcome), outcome, f"terraform in {root}")
        ]
        errors = [finding for finding in findings if finding.severity == "high"]
        return tree.result(
            self.name,
            "fail" if errors else "warn" if findings else "pass",
            f"{counted(len(errors), 'error')} in {counted(len(roots), 'root module')}."
            if errors
            else f"{counted(len(roots), 'root module')} initialised and validated: {', '.join(roots)}.",
            findings=list({(f.path, f.line, f.message): f for f in findings}.values()),
            tool_version=version_of(outcomes[0]),
            outcomes=outcomes,
        )


def root_modules(tree: Tree) -> list[str]:
    """Folders with Terraform files that no module call is meant for: all outside `modules/`, tests left out."""
    folders = {PurePosixPath(path).parent for path in tree.files(".tf")}
    return sorted(
        folder.as_posix()
        for folder in folders
        if folder != PurePosixPath(".") and not {"modules", "tests", "policies"} & set(folder.parts)
    )


def _findings(root: str, outcome: Outcome) -> list[CheckFinding]:
    if outcome.exit_code == INIT_FAILED:
        return [init_finding(root, outcome)]
    return [_finding(root, diagnostic) for diagnostic in json.loads(outcome.stdout)["diagnostics"]]


def _finding(root: str, diagnostic: dict[str, Any]) -> CheckFinding:
    place = diagnostic.get("range")
    detail = " ".join(str(diagnostic.get("detail", "")).split())
    return CheckFinding(
        check_id="terraform.validate",
        severity="high" if diagnostic["severity"] == "error" else "low",
        path=_normal(f"{root}/{place['filename']}") if place else root,
        line=place["start"]["line"] if place else None,
        message=f"{diagnostic['summary']}: {detail}" if detail else diagnostic["summary"],
    )


def _normal(path: str) -> str:
    """The path without `..`, as it is named inside the repository."""
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
