"""Every Terraform file is in canonical format."""

import asyncio
import json

from libs.codegen.checks.check import REPOSITORY, Tree, agreeing, ended
from libs.codegen.checks.terraform_runs import TERRAFORM_MISSING
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Sandbox

_LIMITS = Limits(wall_s=60, cpu_s=60, memory_mb=2048)
_NOT_FORMATTED = 3
_UNREADABLE = 2


class TerraformFmtCheck:
    """`terraform fmt -check` over the whole tree."""

    name = "terraform_fmt"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        program = self._tools.terraform_program()
        if program is None:
            return tree.result(self.name, "skipped", TERRAFORM_MISSING)
        if not await asyncio.to_thread(tree.files, ".tf"):
            return tree.result(self.name, "skipped", "There is no Terraform file in this repository.")
        script = (
            f'"{program}" version -json >&2 && '
            f'exec "{program}" fmt -check -recursive -list=true -no-color {REPOSITORY}'
        )
        outcome = await self._sandbox.run(
            Command(
                argv=("sh", "-c", script),
                cwd=REPOSITORY,
                env={"CHECKPOINT_DISABLE": "1"},
                profile="tools",
                mounts=(*self._tools.terraform_mounts(program), tree.mount()),
                limits=_LIMITS,
            )
        )
        ended(outcome, "terraform fmt", codes=(0, _NOT_FORMATTED, _UNREADABLE))
        version, _, said = outcome.stderr.decode(errors="replace").partition("\n}\n")
        listed = outcome.stdout.decode(errors="replace").split("\n")
        findings = [
            CheckFinding(
                check_id="terraform.fmt",
                severity="low",
                path=path.removeprefix(f"{REPOSITORY}/"),
                line=None,
                message="The file is not in canonical format; `terraform fmt` mends it.",
            )
            for path in filter(None, listed)
        ]
        if outcome.exit_code == _UNREADABLE:
            message = " ".join(said.replace("│", " ").split())[:400]
            findings.append(
                CheckFinding(check_id="terraform.fmt", severity="high", path="", line=None, message=message)
            )
        findings = agreeing(findings, outcome, "terraform fmt")
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'file')} not in canonical format or unreadable."
            if findings
            else "Every Terraform file is in canonical format.",
            findings=findings,
            tool_version=json.loads(version + "\n}")["terraform_version"],
            outcomes=[outcome],
        )
