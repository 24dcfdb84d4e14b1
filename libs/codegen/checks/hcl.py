"""Every Terraform file parses with python-hcl2."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from libs.codegen.checks.check import REPOSITORY, Tree, ended
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Sandbox

_LIMITS = Limits(wall_s=60, cpu_s=60, memory_mb=1024)
_PAYLOAD = Path(__file__).with_name("hcl_payload.py")
JSON_SUFFIX = ".tf.json"
"""Of configurations that Terraform applies as well, though no check here reads them."""


class HclCheck:
    """Parses each `.tf` file on its own; one in JSON fails, since it is not looked at."""

    name = "hcl"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._python = tools.product_python

    async def run(self, tree: Tree) -> CheckResult:
        files = await asyncio.to_thread(tree.files, ".tf")
        unread = not_looked_at(self.name, await asyncio.to_thread(tree.files, JSON_SUFFIX))
        if not files and unread:
            return tree.result(
                self.name, "fail", "All Terraform of this repository is JSON.", findings=unread
            )
        if not files:
            return tree.result(self.name, "skipped", "There is no Terraform file in this repository.")
        mounts = python_mounts(self._python)
        if mounts is None:
            return tree.result(self.name, "skipped", f"{self._python} is no interpreter; run `make install`.")
        outcome = await self._sandbox.run(
            Command(
                argv=(str(self._python), "-I", "-", REPOSITORY, *files),
                mounts=(*mounts, tree.mount()),
                limits=_LIMITS,
                stdin=_PAYLOAD.read_bytes(),
            )
        )
        report = json.loads(ended(outcome, "python-hcl2", codes=(0,)).stdout)
        findings = [
            CheckFinding(check_id="hcl.syntax", severity="high", **problem) for problem in report["problems"]
        ]
        findings += unread
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"Not parsed: {counted(len(findings), 'file')} of {len(files) + len(unread)}."
            if findings
            else f"{counted(len(files), 'Terraform file')} parsed.",
            findings=findings,
            tool_version=report["version"],
            outcomes=[outcome],
        )


def not_looked_at(check: str, paths: Sequence[str]) -> list[CheckFinding]:
    """Configurations in JSON: what they declare would be applied, and no check would have seen it."""
    return [
        CheckFinding(
            check_id=f"{check}.json",
            severity="high",
            path=path,
            line=None,
            message="Terraform applies this file too, but it is JSON and was not looked at; write it as a .tf file.",
        )
        for path in paths
    ]
