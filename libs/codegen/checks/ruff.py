"""The repository's own Python rules: `ruff check` and `ruff format --check`."""

import asyncio
import json

from libs.codegen.checks.check import REPOSITORY, Tree, agreeing, ended
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Outcome, Sandbox
from libs.sandbox.program_mounts import mounts_for_program

_LIMITS = Limits(wall_s=60, cpu_s=60, memory_mb=2048, output_bytes=16_000_000)
_ARGUMENTS = ("--no-cache", "--output-format=json", ".")
_CLEAN, _FINDINGS, _UNREADABLE = 0, 1, 2


class RuffCheck:
    """Any finding fails: what is handed over is clean by its own configuration."""

    name = "ruff"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._ruff = tools.ruff

    async def run(self, tree: Tree) -> CheckResult:
        if not self._ruff.is_file():
            return tree.result(
                self.name, "skipped", f"ruff is not installed at {self._ruff}; run `make install`."
            )
        if not await asyncio.to_thread(tree.files, ".py"):
            return tree.result(self.name, "skipped", "There is no Python file in this repository.")
        version = await self._call(tree, "--version", codes=(_CLEAN,))
        linted = await self._call(tree, "check", *_ARGUMENTS, codes=(_CLEAN, _FINDINGS))
        formatted = await self._call(
            tree, "format", "--check", *_ARGUMENTS, codes=(_CLEAN, _FINDINGS, _UNREADABLE)
        )
        findings = [
            *agreeing(_findings(linted), linted, "ruff check"),
            *agreeing(_findings(formatted), formatted, "ruff format"),
        ]
        # A syntax error is named by both.
        findings = list({(f.path, f.line, f.check_id): f for f in findings}.values())
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'finding')}."
            if findings
            else "Every Python file is clean and formatted.",
            findings=findings,
            tool_version=version.stdout.decode().removeprefix("ruff ").strip(),
            outcomes=[version, linted, formatted],
        )

    async def _call(self, tree: Tree, *arguments: str, codes: tuple[int, ...]) -> Outcome:
        outcome = await self._sandbox.run(
            Command(
                argv=(str(self._ruff), *arguments),
                cwd=REPOSITORY,
                mounts=(*mounts_for_program(self._ruff), tree.mount()),
                limits=_LIMITS,
            )
        )
        return ended(outcome, f"ruff {arguments[0]}", codes=codes)


def _findings(outcome: Outcome) -> list[CheckFinding]:
    return [
        CheckFinding(
            check_id=item["code"] or "syntax-error",
            severity="low" if item["code"] == "unformatted" else "medium",
            path=item["filename"].removeprefix(f"{REPOSITORY}/"),
            line=item["location"]["row"],
            message=item["message"],
        )
        for item in json.loads(outcome.stdout)
    ]
