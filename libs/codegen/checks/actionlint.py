"""GitHub workflows by actionlint, where it is installed."""

import asyncio
import json
from fnmatch import fnmatchcase

from libs.codegen.checks.calling import ELSEWHERE, call
from libs.codegen.checks.check import REPOSITORY, ToolFailed, Tree, agreeing, relative, verdict
from libs.codegen.checks.severities import severity_of
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Sandbox

_WORKFLOWS = ".github/workflows/*.y*ml"
_CLEAN, _PROBLEMS = 0, 1


class ActionlintCheck:
    """A finding of medium or high severity fails: a workflow that is wrong is found when it is needed."""

    name = "actionlint"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        files = [path for path in await asyncio.to_thread(tree.files) if fnmatchcase(path, _WORKFLOWS)]
        if not files:
            return tree.result(self.name, "skipped", "There is no GitHub workflow in this repository.")
        tool = self._tools.program("actionlint")
        if tool is None:
            return tree.result(self.name, "skipped", "actionlint is not on PATH; it is optional.")
        version = await call(self._sandbox, tree, tool, "-version")
        outcome = await call(
            self._sandbox,
            tree,
            tool,
            # What it would start beside itself differs from machine to machine.
            *("-no-color", "-shellcheck=", "-pyflakes=", "-format", "{{json .}}"),
            *(f"{REPOSITORY}/{path}" for path in files),
            cwd=ELSEWHERE,
            codes=(_CLEAN, _PROBLEMS),
        )
        findings = agreeing(parsed(outcome.stdout), outcome, "actionlint")
        return tree.result(
            self.name,
            verdict(findings, blocking=("medium", "high")),
            f"{counted(len(findings), 'finding')} in {counted(len(files), 'workflow')}.",
            findings=findings,
            tool_version=version.stdout.decode().split("\n")[0].strip(),
            outcomes=[version, outcome],
        )


def parsed(report: bytes) -> list[CheckFinding]:
    """The findings of `-format '{{json .}}'`."""
    try:
        items = json.loads(report or b"[]") or []
    except ValueError as error:
        raise ToolFailed("actionlint gave no JSON report.") from error
    return [
        CheckFinding(
            check_id=f"actionlint.{item['kind']}",
            severity=severity_of("actionlint", item["kind"]),
            path=relative(item["filepath"]),
            line=item["line"] or None,
            message=item["message"],
        )
        for item in items
    ]
