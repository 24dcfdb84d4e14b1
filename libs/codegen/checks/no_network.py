"""Proof that what runs of this repository reaches no network: a probe in the same isolation tries to, and fails."""

import json
from pathlib import Path
from typing import Any, get_args

from libs.codegen.checks.check import REPOSITORY, Tree, ended
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Command, Limits, Outcome, Profile, Sandbox

_LIMITS = Limits(wall_s=30, cpu_s=10, memory_mb=512)
_PAYLOAD = Path(__file__).with_name("no_network_payload.py")
_WORDS: dict[Profile, str] = {
    "compute": "the repository's tests",
    "tools": "Terraform and the checkers that need sockets inside",
}


class NoNetworkCheck:
    """Looks from inside each profile in which checks run: are there interfaces, names, connections?"""

    name = "no_network"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._python = tools.runtime_python

    async def run(self, tree: Tree) -> CheckResult:
        mounts = python_mounts(self._python)
        if mounts is None:
            return tree.result(
                self.name, "skipped", "The environment for generated code is not built; run `make install`."
            )
        findings: list[CheckFinding] = []
        outcomes: list[Outcome] = []
        proof: list[str] = []
        version = ""
        for profile in get_args(Profile):
            outcome = await self._sandbox.run(
                Command(
                    argv=(str(self._python), "-I", "-"),
                    cwd=REPOSITORY,
                    profile=profile,
                    mounts=(*mounts, tree.mount()),
                    limits=_LIMITS,
                    stdin=_PAYLOAD.read_bytes(),
                )
            )
            seen = json.loads(ended(outcome, "the network probe", codes=(0,)).stdout)
            outcomes.append(outcome)
            version = seen["python"]
            findings += faults(profile, seen)
            proof.append(
                f"{_WORDS[profile]}: " + "; ".join(f"{a['what']}: {a['error']}" for a in seen["attempts"])
            )
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'way')} out of the sandbox."
            if findings
            else f"Every attempt from inside failed. {'. '.join(part[0].upper() + part[1:] for part in proof)}.",
            findings=findings,
            tool_version=f"Python {version}" if version else "",
            outcomes=outcomes,
        )


def faults(profile: Profile, seen: dict[str, Any]) -> list[CheckFinding]:
    """What the probe could do or see and should not."""
    open_ways = [a["what"] for a in seen["attempts"] if not a["error"]]
    if interfaces := [name for name in seen["interfaces"] if name != "lo"]:
        open_ways.append(f"interfaces beside loopback: {', '.join(interfaces)}")
    return [
        CheckFinding(
            check_id=f"no_network.{profile}",
            severity="high",
            path="",
            line=None,
            message=f"Not refused to {_WORDS[profile]}: {way}.",
        )
        for way in open_ways
    ]
