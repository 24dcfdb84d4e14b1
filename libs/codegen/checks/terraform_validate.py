"""Every root module initialises from the provider mirror and validates, without network and without backend."""

import asyncio
import json
from pathlib import PurePosixPath
from typing import Any

from libs.codegen.checks.check import REPOSITORY, ToolFailed, Tree, agreeing, counted, ended
from libs.codegen.checks.terraform_fmt import TERRAFORM_MISSING
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.sandbox.port import Command, Limits, Outcome, Sandbox

_LIMITS = Limits(wall_s=180, cpu_s=240, memory_mb=4096, processes=512, output_bytes=4_000_000)
_INIT_FAILED = 10
_SAID_CHARACTERS = 800
_SCRIPT = """
printf '%s' "$CONFIGURATION" > /tmp/terraformrc
cp -R "$1" /tmp/copy && cd "/tmp/copy/$2" || exit 11
"$3" version -json >&2
"$3" init -backend=false -input=false -no-color >/tmp/init 2>&1 || { cat /tmp/init; exit 10; }
exec "$3" validate -json -no-color
"""


class TerraformValidateCheck:
    """`terraform init` and `terraform validate` in each environment, each in a sandbox of its own."""

    name = "terraform_validate"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        if self._tools.terraform_program() is None:
            return tree.result(self.name, "skipped", TERRAFORM_MISSING)
        mirror = self._tools.terraform_mirror
        if mirror is None or not mirror.is_dir():
            return tree.result(
                self.name,
                "skipped",
                "There is no provider mirror, and providers are not downloaded; make one with `terraform providers"
                " mirror` and set AGENTIC_MLOPS_TERRAFORM_MIRROR.",
            )
        roots = await asyncio.to_thread(root_modules, tree)
        if not roots:
            return tree.result(self.name, "skipped", "There is no root module in this repository.")
        outcomes = await asyncio.gather(*(self._validate(tree, root) for root in roots))
        findings = [
            finding
            for root, outcome in zip(roots, outcomes, strict=True)
            for finding in agreeing(_findings(root, outcome), outcome, f"terraform in {root}")
        ]
        errors = [finding for finding in findings if finding.severity == "high"]
        return tree.result(
            self.name,
            "fail" if errors else "warn" if findings else "pass",
            f"{counted(len(errors), 'error')} in {counted(len(roots), 'root module')}."
            if errors
            else f"{counted(len(roots), 'root module')} initialised and validated: {', '.join(roots)}.",
            findings=list({(f.path, f.line, f.message): f for f in findings}.values()),
            tool_version=_version(outcomes[0]),
            outcomes=outcomes,
        )

    async def _validate(self, tree: Tree, root: str) -> Outcome:
        program = self._tools.terraform_program()
        mirror = self._tools.terraform_mirror
        if program is None or mirror is None:
            raise ToolFailed("terraform went away while it was needed.")
        configuration = (
            "disable_checkpoint = true\n"
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror.absolute()}"\n  }}\n}}\n'
        )
        # Modules are reached by relative paths, so everything below the top folder of the root module is copied.
        top, _, inner = root.partition("/")
        outcome = await self._sandbox.run(
            Command(
                argv=("sh", "-c", _SCRIPT, "validate", f"{REPOSITORY}/{top}", inner, str(program)),
                env={
                    "CONFIGURATION": configuration,
                    "TF_CLI_CONFIG_FILE": "/tmp/terraformrc",  # noqa: S108 - the sandbox's own
                    "TF_IN_AUTOMATION": "1",
                    "CHECKPOINT_DISABLE": "1",
                    "AWS_REGION": "us-east-1",
                },
                profile="tools",
                mounts=(*self._tools.terraform_mounts(program), tree.mount()),
                limits=_LIMITS,
            )
        )
        return ended(outcome, f"terraform validate in {root}", codes=(0, 1, _INIT_FAILED))


def root_modules(tree: Tree) -> list[str]:
    """Folders with Terraform files that no module call is meant for: all outside `modules/`, tests left out."""
    folders = {PurePosixPath(path).parent for path in tree.files(".tf")}
    return sorted(
        folder.as_posix()
        for folder in folders
        if folder != PurePosixPath(".") and not {"modules", "tests", "policies"} & set(folder.parts)
    )


def _findings(root: str, outcome: Outcome) -> list[CheckFinding]:
    if outcome.exit_code == _INIT_FAILED:
        said = outcome.stdout.decode(errors="replace").replace("│", " ")
        message = "terraform init failed: " + " ".join(said.split())[-_SAID_CHARACTERS:]
        return [
            CheckFinding(check_id="terraform.init", severity="high", path=root, line=None, message=message)
        ]
    return [_finding(root, diagnostic) for diagnostic in json.loads(outcome.stdout)["diagnostics"]]


def _finding(root: str, diagnostic: dict[str, Any]) -> CheckFinding:
    place = diagnostic.get("range")
    detail = " ".join(str(diagnostic.get("detail", "")).split())
    return CheckFinding(
        check_id="terraform.validate",
        severity="high" if diagnostic["severity"] == "error" else "low",
        path=_normal(f"{root}/{place['filename']}") if place else root,
        line=place["start"]["line"] if place else None,
        message=f"{diagnostic['summary']}: {detail}" if detail else diagnostic["summary"],
    )


def _normal(path: str) -> str:
    """The path without `..`, as it is named inside the repository."""
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _version(outcome: Outcome) -> str:
    text = outcome.stderr.decode(errors="replace")
    try:
        return str(json.loads(text[: text.index("\n}\n") + 2])["terraform_version"])
    except (ValueError, KeyError):
        return ""
