"""Terraform by tflint, where it is installed."""

import asyncio
import json
import re

from libs.codegen.checks.calling import call
from libs.codegen.checks.check import ToolFailed, Tree, agreeing, relative, verdict
from libs.codegen.checks.severities import severity_of
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Sandbox

_CLEAN, _FAULT, _ISSUES = 0, 1, 2
_VERSION = re.compile(r"\d+(?:\.\d+)+")


class TflintCheck:
    """A finding of high severity fails, the others warn; only the rules that need no plugin are asked."""

    name = "tflint"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        if not await asyncio.to_thread(tree.files, ".tf"):
            return tree.result(self.name, "skipped", "There is no Terraform file in this repository.")
        tool = self._tools.program("tflint")
        if tool is None:
            return tree.result(self.name, "skipped", "tflint is not on PATH; it is optional.")
        version = await call(self._sandbox, tree, tool, "--version", profile="tools")
        outcome = await call(
            self._sandbox,
            tree,
            tool,
            *("--recursive", "--format=json", "--no-color"),
            codes=(_CLEAN, _FAULT, _ISSUES),
            # Its rules run in a process of their own that it talks to over a socket.
            profile="tools",
        )
        findings = agreeing(parsed(outcome.stdout), outcome, "tflint")
        return tree.result(
            self.name,
            verdict(findings),
            f"{counted(len(findings), 'finding')}.",
            findings=findings,
            tool_version=found[0] if (found := _VERSION.search(version.stdout.decode())) else "",
            outcomes=[version, outcome],
        )


def parsed(report: bytes) -> list[CheckFinding]:
    """The issues and errors of `--format=json`."""
    try:
        document = json.loads(report)
    except ValueError as error:
        raise ToolFailed("tflint gave no JSON report.") from error
    found = [(item["rule"]["name"], item) for item in document.get("issues") or ()]
    found += [("error", item) for item in document.get("errors") or ()]
    findings = []
    for rule, item in found:
        place = item.get("range") or {}
        findings.append(
            CheckFinding(
                check_id=f"tflint.{rule}",
                severity=severity_of("tflint", rule),
                path=relative(place.get("filename", "")),
                line=place.get("start", {}).get("line"),
                message=item["message"],
            )
        )
    return findings
