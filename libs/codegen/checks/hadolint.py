"""Dockerfiles by hadolint; what a file ignores counts only with the reason in the comment above."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from libs.codegen.checks.calling import ELSEWHERE, call
from libs.codegen.checks.check import REPOSITORY, ToolFailed, Tree, not_installed, relative, verdict
from libs.codegen.checks.severities import severity_of
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Sandbox

_IGNORED = re.compile(r"#\s*hadolint\s+ignore=([A-Z0-9, \t]+)$")
_DIRECTIVE = re.compile(
    r"(?:syntax|escape|check)\s*=|hadolint\s+(?:global\s+)?(?:ignore|shell)\s*=|(?:checkov|trivy|tfsec):",
    re.IGNORECASE,
)
"""Comments that a program reads: they say nothing to a person."""
_VERSION = re.compile(r"\d+(?:\.\d+)+")


class HadolintCheck:
    """A finding of high severity fails, the others warn."""

    name = "hadolint"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        tool = self._tools.program("hadolint")
        if tool is None:
            return tree.result(self.name, "skipped", not_installed("hadolint"))
        files = [path for path in await asyncio.to_thread(tree.files) if path.endswith("Dockerfile")]
        if not files:
            return tree.result(self.name, "skipped", "There is no Dockerfile in this repository.")
        version = await call(self._sandbox, tree, tool, "--version")
        outcome = await call(
            self._sandbox,
            tree,
            tool,
            # Pragmas are read below, and a configuration file of the tree is not found from elsewhere.
            *("--no-fail", "--disable-ignore-pragma", "--format", "json"),
            *(f"{REPOSITORY}/{path}" for path in files),
            cwd=ELSEWHERE,
            codes=(0,),
        )
        ignored = await asyncio.to_thread(lambda: {path: ignored_lines(tree.path / path) for path in files})
        findings = parsed(outcome.stdout, ignored)
        return tree.result(
            self.name,
            verdict(findings),
            f"{counted(sum(not f.suppressed for f in findings), 'open finding')} in"
            f" {counted(len(files), 'Dockerfile')}.",
            findings=findings,
            tool_version=found[0] if (found := _VERSION.search(version.stdout.decode())) else "",
            outcomes=[version, outcome],
        )


def parsed(report: bytes, ignored: dict[str, dict[tuple[int, str], str]]) -> list[CheckFinding]:
    """The findings of a JSON report; those that a file ignores are suppressed if it says why."""
    try:
        items: list[dict[str, Any]] = json.loads(report)
    except ValueError as error:
        raise ToolFailed("hadolint gave no JSON report.") from error
    findings = []
    for item in items:
        path, line, rule = relative(item["file"]), item["line"], item["code"]
        reason = ignored.get(path, {}).get((line, rule), "")
        findings.append(
            CheckFinding(
                check_id=rule,
                severity=severity_of("hadolint", rule),
                path=path,
                line=line,
                message=item["message"],
                suppressed=bool(reason),
                reason=reason,
            )
        )
    return findings


def ignored_lines(file: Path) -> dict[tuple[int, str], str]:
    """For a line and a rule, why the file ignores it there; an ignored rule without a reason is left out."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    found: dict[tuple[int, str], str] = {}
    for index, line in enumerate(lines):
        pragma = _IGNORED.match(line)
        reason = _reason(lines[index - 1]) if pragma and index else ""
        if pragma and reason:
            for rule in pragma[1].split(","):
                # The instruction begins on the line below the pragma, counted from one.
                found[index + 2, rule.strip()] = reason
    return found


def _reason(line: str) -> str:
    """What a comment says to a person; empty for an instruction, a directive and a mere rule."""
    said = line.lstrip("#").strip() if line.startswith("#") else ""
    return said if any(map(str.isalpha, said)) and not _DIRECTIVE.match(said) else ""
