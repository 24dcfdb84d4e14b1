"""The bill of materials that goes beside this payload is valid CycloneDX and names every locked package."""

import asyncio
import json
from pathlib import Path

from libs.codegen import sbom
from libs.codegen.answers import ANSWERS_PATH, read_answers
from libs.codegen.checks.check import REPOSITORY, Tree, ended, not_installed
from libs.codegen.checks.lock_files import pins
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.errors import AnswersUnreadable
from libs.codegen.models import CheckFinding, CheckResult, RenderedFile
from libs.core.values import Json
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Sandbox

_LIMITS = Limits(wall_s=60, cpu_s=60, memory_mb=1024)
_PAYLOAD = Path(__file__).with_name("sbom_payload.py")


class SbomCheck:
    """Makes the bill as the reports do, and validates it with the schema of its format."""

    name = "sbom"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        lock = tree.path / sbom.LOCK_PATH
        answers = tree.path / ANSWERS_PATH
        if not answers.is_file() or not lock.is_file():
            return tree.result(
                self.name,
                "skipped",
                f"A bill is made of {ANSWERS_PATH} and {sbom.LOCK_PATH}; one is missing.",
            )
        tool = self._tools.script("check-jsonschema")
        if tool is None:
            return tree.result(self.name, "skipped", not_installed("The tool environment"))
        try:
            bill = await asyncio.to_thread(_bill, tree)
        except AnswersUnreadable as error:
            return tree.result(self.name, "fail", error.message)
        outcome = await self._sandbox.run(
            Command(
                argv=(tool.argv[0], "-I", "-c", _PAYLOAD.read_text(encoding="utf-8")),
                cwd=REPOSITORY,
                mounts=(*tool.mounts, tree.mount()),
                limits=_LIMITS,
                stdin=json.dumps(bill).encode(),
            )
        )
        report = json.loads(ended(outcome, "cyclonedx-python-lib", codes=(0,)).stdout)
        findings = _shape(report["problems"]) + await asyncio.to_thread(missing, tree.path, bill)
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'fault')} in the bill of materials."
            if findings
            else f"CycloneDX {bill['specVersion']}, {counted(len(bill['components']), 'component')},"
            " every locked package among them.",
            findings=findings,
            tool_version=report["version"],
            outcomes=[outcome],
        )


def _bill(tree: Tree) -> Json:
    bp = read_answers((tree.path / ANSWERS_PATH).read_text(encoding="utf-8"))
    files = [RenderedFile(path=path, content=(tree.path / path).read_bytes()) for path in tree.files()]
    return sbom.cyclonedx(bp, files)


def _shape(problems: list[str]) -> list[CheckFinding]:
    return [
        CheckFinding(check_id="sbom.shape", severity="high", path=sbom.LOCK_PATH, line=None, message=problem)
        for problem in problems
    ]


def missing(root: Path, bill: Json) -> list[CheckFinding]:
    """The locked packages that the bill leaves out."""
    named = {(component["name"], component.get("version")) for component in bill["components"]}
    return [
        CheckFinding(
            check_id="sbom.missing",
            severity="high",
            path=pin.path,
            line=pin.line,
            message=f"{pin.name} {pin.version} is locked and not in the bill of materials.",
        )
        for pin in pins(root, sbom.LOCK_PATH)
        if (pin.name, pin.version) not in named
    ]
