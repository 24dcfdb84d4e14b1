"""Checkov over the infrastructure: one call a tree, because nearly all of its time is start-up."""

import asyncio
import json
from pathlib import Path
from typing import Any

from libs.codegen.checks.check import PATIENCE_S, REPOSITORY, ToolFailed, Tree, agreeing, ended
from libs.codegen.checks.checkov_severities import severity_of
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Sandbox

_FOLDER = "infra"
_POLICIES = "infra/policies"
"""Rules that the repository brings itself."""
_ELSEWHERE = "/tmp"  # noqa: S108 - the sandbox's own
_LIMITS = Limits(wall_s=PATIENCE_S, cpu_s=180, memory_mb=3072, output_bytes=64_000_000)
_NO_REASON = "No comment provided"
"""What checkov says in place of a reason that is not given."""
_ARGUMENTS = ("--framework", "terraform", "--output", "json", "--compact", "--skip-download")


class CheckovCheck:
    """A finding of high severity that is not suppressed in the file fails; the others warn."""

    name = "checkov"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._script = tools.checkov

    async def run(self, tree: Tree) -> CheckResult:
        script = self._script.resolve()
        python = script.parent / "python"
        mounts = python_mounts(python)
        if mounts is None or not script.is_file():
            return tree.result(
                self.name,
                "skipped",
                "checkov is not installed; run `make install`, or set AGENTIC_MLOPS_CHECKOV_BIN to its script.",
            )
        folder = _FOLDER if (tree.path / _FOLDER).is_dir() else "."
        outcome = await self._sandbox.run(
            Command(
                # As one word, and from another folder: then no configuration file of the tree can hide a rule.
                argv=(
                    *(str(python), "-I", str(script), f"--directory={REPOSITORY}/{folder}", *_ARGUMENTS),
                    *_own_rules(tree.path),
                ),
                cwd=_ELSEWHERE,
                env={"LOG_LEVEL": "ERROR"},
                profile="tools",
                mounts=(*mounts, tree.mount()),
                limits=_LIMITS,
            )
        )
        report = await asyncio.to_thread(_report, ended(outcome, "checkov", codes=(0, 1)).stdout)
        summary = report.get("summary", report)
        findings = _findings(report.get("results", {}))
        red = [finding for finding in findings if finding.severity == "high" and not finding.suppressed]
        open_ones = agreeing([f for f in findings if not f.suppressed], outcome, "checkov")
        if not findings and not summary.get("passed"):
            return tree.result(self.name, "skipped", "checkov has no rule for anything in this repository.")
        return tree.result(
            self.name,
            "fail" if red else "warn" if open_ones else "pass",
            f"{counted(summary.get('passed', 0), 'rule result')} passed; open findings: {len(red)} high,"
            f" {len(open_ones) - len(red)} lower; {len(findings) - len(open_ones)} suppressed with a reason.",
            findings=findings,
            tool_version=str(summary.get("checkov_version", "")),
            outcomes=[outcome],
        )


def _own_rules(root: Path) -> tuple[str, ...]:
    """The policies of the tree, unless there are programs among them, which could hide what others find."""
    folder = root / _POLICIES
    found = [path.suffix for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return (
        (f"--external-checks-dir={REPOSITORY}/{_POLICIES}",)
        if ".yaml" in found and ".py" not in found
        else ()
    )


def _report(stdout: bytes) -> dict[str, Any]:
    try:
        report = json.loads(stdout)
    except ValueError as error:
        raise ToolFailed("checkov gave no JSON report.") from error
    if isinstance(report, list):
        report = report[0] if report else {}
    if not isinstance(report, dict):
        raise ToolFailed("checkov gave a report of an unknown form.")
    unreadable = report.get("results", {}).get("parsing_errors", [])
    if unreadable:
        raise ToolFailed(f"checkov could not read {', '.join(map(str, unreadable))}.")
    return report


def _findings(results: dict[str, Any]) -> list[CheckFinding]:
    """Failed and suppressed rules; a module called by three environments is reported once."""
    unique: dict[tuple[str, str, int | None, bool], CheckFinding] = {}
    for item in (*results.get("failed_checks", []), *results.get("skipped_checks", [])):
        reason = _reason(item)
        finding = CheckFinding(
            check_id=item["check_id"],
            severity=severity_of(item["check_id"]),
            path=str(item["file_abs_path"]).removeprefix(f"{REPOSITORY}/"),
            line=(item.get("file_line_range") or [None])[0],
            message=f"{item['check_name']} ({str(item['resource']).rpartition('module.')[2]})",
            suppressed=bool(reason),
            reason=reason,
        )
        unique.setdefault((finding.check_id, finding.path, finding.line, finding.suppressed), finding)
    return sorted(unique.values(), key=lambda f: (f.suppressed, f.path, f.line or 0, f.check_id))


def _reason(item: dict[str, Any]) -> str:
    """Why the file suppresses the rule; empty where it does not, or does not say why."""
    reason = str(item["check_result"].get("suppress_comment") or "").strip()
    return "" if reason == _NO_REASON else reason
