"""Terraform and Dockerfiles by the misconfiguration scan of trivy, where it is installed."""

import json
from collections.abc import Iterator
from typing import Any

from libs.codegen.checks.calling import ELSEWHERE, LIMITS, call
from libs.codegen.checks.check import PATIENCE_S, REPOSITORY, ToolFailed, Tree, relative, verdict
from libs.codegen.checks.checkov_severities import Severity
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Sandbox

_LIMITS = LIMITS.model_copy(update={"wall_s": PATIENCE_S, "cpu_s": 240, "memory_mb": 3072})
_SEVERITIES: dict[str, Severity] = {"CRITICAL": "high", "HIGH": "high", "MEDIUM": "medium"}
_OURS: dict[str, Severity] = {
    # Costs that the plan decides: access logs of log buckets, keys of one's own where AWS-managed ones do.
    "AWS-0089": "low",
    "AWS-0132": "low",
    "AWS-0017": "low",
    "AWS-0190": "low",
    # A way out to the Internet over HTTPS is a choice of the network slot.
    "AWS-0104": "medium",
}
"""Where our view differs from the word in the report; by id without its old prefix."""


class TrivyCheck:
    """A finding of high severity fails, the others warn."""

    name = "trivy"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        tool = self._tools.program("trivy")
        if tool is None:
            return tree.result(self.name, "skipped", "trivy is not on PATH; it is optional.")
        version = await call(self._sandbox, tree, tool, "--version", "--format", "json", profile="tools")
        outcome = await call(
            self._sandbox,
            tree,
            tool,
            *("config", "--quiet", "--format", "json", "--show-suppressed", "--skip-check-update"),
            *("--disable-telemetry", "--skip-version-check", "--cache-dir", f"{ELSEWHERE}/trivy", REPOSITORY),
            cwd=ELSEWHERE,
            codes=(0,),
            profile="tools",
            limits=_LIMITS,
        )
        findings = parsed(outcome.stdout)
        return tree.result(
            self.name,
            verdict(findings),
            f"{counted(sum(not f.suppressed for f in findings), 'open finding')},"
            f" {sum(f.suppressed for f in findings)} suppressed.",
            findings=findings,
            tool_version=str(_document(version.stdout).get("Version", "")),
            outcomes=[version, outcome],
        )


def parsed(report: bytes) -> list[CheckFinding]:
    """The misconfigurations of a JSON report; those that a file ignores are suppressed if it says why."""
    return [
        finding
        for result in _document(report).get("Results") or ()
        for finding in (*_open(result), *_suppressed(result))
    ]


def _document(report: bytes) -> dict[str, Any]:
    try:
        document = json.loads(report)
    except ValueError as error:
        raise ToolFailed("trivy gave no JSON report.") from error
    if not isinstance(document, dict):
        raise ToolFailed("trivy gave a report of an unknown form.")
    return document


def _open(result: dict[str, Any]) -> Iterator[CheckFinding]:
    for item in result.get("Misconfigurations") or ():
        if item.get("Status") == "FAIL":
            yield _finding(result, item)


def _suppressed(result: dict[str, Any]) -> Iterator[CheckFinding]:
    for entry in result.get("ExperimentalModifiedFindings") or ():
        if entry.get("Status") == "ignored":
            reason = str(entry.get("Statement") or "").strip()
            yield _finding(result, entry["Finding"]).model_copy(
                update={"suppressed": bool(reason), "reason": reason}
            )


def _finding(result: dict[str, Any], item: dict[str, Any]) -> CheckFinding:
    rule = str(item.get("ID") or item.get("AVDID")).removeprefix("AVD-")
    severity = _OURS.get(rule) or _SEVERITIES.get(str(item.get("Severity")), "low")
    return CheckFinding(
        check_id=rule,
        severity=severity,
        path=relative(str(result.get("Target", ""))),
        line=(item.get("CauseMetadata") or {}).get("StartLine") or None,
        message=f"{item.get('Title', '')}: {item.get('Message', '')}".strip(": "),
    )
