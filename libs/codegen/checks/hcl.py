"""Every Terraform file parses with python-hcl2."""

import asyncio
import json
from pathlib import Path

from libs.codegen.checks.check import REPOSITORY, Tree, ended
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Sandbox

_LIMITS = Limits(wall_s=60, cpu_s=60, memory_mb=1024)
_PAYLOAD = Path(__file__).with_name("hcl_payload.py")


class HclCheck:
    """Parses each `.tf` file on its own."""

    name = "hcl"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._python = tools.product_python

    async def run(self, tree: Tree) -> CheckResult:
        files = await asyncio.to_thread(tree.files, ".tf")
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
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'file')} of {len(files)} cannot be parsed."
            if findings
            else f"{counted(len(files), 'Terraform file')} parsed.",
            findings=findings,
            tool_version=report["version"],
            outcomes=[outcome],
        )
