"""`terraform init` from the read-only mirror and one command after it, each in a sandbox and on a copy of its own."""

import asyncio
import json
import os
from collections.abc import Sequence

from libs.codegen.checks.check import PATIENCE_S, REPOSITORY, ToolFailed, Tree, ended
from libs.codegen.checks.together import together
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding
from libs.sandbox.port import Command, Limits, Outcome, Sandbox

TERRAFORM_MISSING = "terraform is not installed; put it on PATH or set AGENTIC_MLOPS_TERRAFORM_BIN."
MIRROR_MISSING = (
    "There is no provider mirror, and providers are not downloaded; make one with `terraform providers mirror` and set"
    " AGENTIC_MLOPS_TERRAFORM_MIRROR."
)
INIT_FAILED = 10
_LIMITS = Limits(wall_s=PATIENCE_S, cpu_s=240, memory_mb=4096, processes=512, output_bytes=4_000_000)
_SAID_CHARACTERS = 800
_SCRIPT = """
printf '%s' "$CONFIGURATION" > /tmp/terraformrc
mkdir /tmp/copy && cp -R "$1/$2" "/tmp/copy/$2" || exit 11
for beside in "$1"/* "$1"/.[!.]*; do
  [ -e "/tmp/copy/${beside##*/}" ] || ln -s "$beside" /tmp/copy/ || exit 11
done
cd "/tmp/copy/$2/$3" || exit 11
program=$4
shift 4
"$program" version -json >&2
"$program" init -backend=false -input=false -no-color >/tmp/init 2>&1 || { cat /tmp/init; exit 10; }
exec "$program" "$@"
"""


class TerraformRuns:
    """Commands that need an initialised folder."""

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    def missing(self) -> str:
        """Why nothing can be run here; empty when all is there."""
        if self._tools.terraform_program() is None:
            return TERRAFORM_MISSING
        mirror = self._tools.terraform_mirror
        return MIRROR_MISSING if mirror is None or not mirror.is_dir() else ""

    async def run_each(
        self, tree: Tree, folders: Sequence[str], command: Sequence[str], *, codes: Sequence[int]
    ) -> list[Outcome]:
        """The outcomes in the order of the folders; as many at once as there are processors."""
        slots = asyncio.Semaphore(os.cpu_count() or 1)

        async def one(folder: str) -> Outcome:
            async with slots:
                return await self.run(tree, folder, command, codes=codes)

        return await together(one(folder) for folder in folders)

    async def run(self, tree: Tree, folder: str, command: Sequence[str], *, codes: Sequence[int]) -> Outcome:
        """How the command ended in a folder of the tree, or with `INIT_FAILED` what `init` said.

        Raises:
            ToolFailed: it ended without a verdict.
            SandboxUnavailable: nothing can be run on this machine.
        """
        program = self._tools.terraform_program()
        mirror = self._tools.terraform_mirror
        if program is None or mirror is None:
            raise ToolFailed("terraform went away while it was needed.")
        configuration = (
            "disable_checkpoint = true\n"
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror.absolute()}"\n  }}\n}}\n'
        )
        # Modules are reached by relative paths, so everything below the top folder is copied; what lies beside it,
        # such as the programs of jobs, is only read.
        top, _, inner = folder.partition("/")
        outcome = await self._sandbox.run(
            Command(
                argv=("sh", "-c", _SCRIPT, "terraform", REPOSITORY, top, inner, str(program), *command),
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
        return ended(outcome, f"terraform {command[0]} in {folder}", codes=(*codes, INIT_FAILED))


def init_finding(folder: str, outcome: Outcome) -> CheckFinding:
    """What `terraform init` said."""
    said = outcome.stdout.decode(errors="replace").replace("│", " ")
    message = "terraform init failed: " + " ".join(said.split())[-_SAID_CHARACTERS:]
    return CheckFinding(check_id="terraform.init", severity="high", path=folder, line=None, message=message)


def version_of(outcome: Outcome) -> str:
    """The version that terraform printed before it began; empty when it could not."""
    text = outcome.stderr.decode(errors="replace")
    try:
        return str(json.loads(text[: text.index("\n}\n") + 2])["terraform_version"])
    except (ValueError, KeyError):
        return ""
