"""Every YAML file is well formed and written by the repository's own rules."""

import asyncio
import re

from libs.codegen.checks.calling import call
from libs.codegen.checks.check import Tree, agreeing, not_installed, relative
from libs.codegen.checks.severities import severity_of
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Outcome, Sandbox

CONFIGURATION = ".yamllint.yaml"
_RELAXED = "{extends: relaxed, rules: {line-length: disable}}"
"""For repositories without rules of their own."""
_LINE = re.compile(r"^(?P<path>.+?):(?P<line>\d+):\d+: \[\w+\] (?P<message>.*?)(?: \((?P<rule>[\w-]+)\))?$")


class YamllintCheck:
    """Any finding fails: YAML that is read in two ways is a fault that no other tool sees."""

    name = "yamllint"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        tool = self._tools.script("yamllint")
        if tool is None:
            return tree.result(self.name, "skipped", not_installed("yamllint"))
        files = await asyncio.to_thread(lambda: [*tree.files(".yml"), *tree.files(".yaml")])
        if not files:
            return tree.result(self.name, "skipped", "There is no YAML file in this repository.")
        own = (tree.path / CONFIGURATION).is_file()
        rules = ("-c", CONFIGURATION) if own else ("-d", _RELAXED)
        version = await call(self._sandbox, tree, tool, "--version")
        outcome = await call(
            self._sandbox, tree, tool, "--strict", "-f", "parsable", *rules, *files, codes=(0, 1, 2)
        )
        findings = agreeing(_findings(outcome), outcome, "yamllint")
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'finding')}."
            if findings
            else f"{counted(len(files), 'YAML file')} clean by {CONFIGURATION if own else 'the usual rules'}.",
            findings=findings,
            tool_version=version.stdout.decode().removeprefix("yamllint ").strip(),
            outcomes=[version, outcome],
        )


def _findings(outcome: Outcome) -> list[CheckFinding]:
    found = map(_LINE.match, outcome.stdout.decode(errors="replace").splitlines())
    return [
        CheckFinding(
            check_id=f"yamllint.{match['rule'] or 'syntax'}",
            severity=severity_of("yamllint", match["rule"] or "syntax"),
            path=relative(match["path"]),
            line=int(match["line"]),
            message=match["message"],
        )
        for match in found
        if match
    ]
