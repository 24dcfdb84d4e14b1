"""One call of a tool in the sandbox, with the tree beside it."""

from collections.abc import Mapping, Sequence

from libs.codegen.checks.check import REPOSITORY, Tree, ended
from libs.codegen.checks.tools import Tool
from libs.sandbox.port import Command, Limits, Mount, Outcome, Profile, Sandbox

LIMITS = Limits(wall_s=120, cpu_s=120, memory_mb=2048, output_bytes=16_000_000)
ELSEWHERE = "/tmp"  # noqa: S108 - the sandbox's own
"""Where no file of the tree can pass for a configuration of the tool."""


async def call(
    sandbox: Sandbox,
    tree: Tree,
    tool: Tool,
    *arguments: str,
    codes: Sequence[int] = (0, 1),
    cwd: str = REPOSITORY,
    mounts: Sequence[Mount] = (),
    env: Mapping[str, str] | None = None,
    profile: Profile = "compute",
    limits: Limits = LIMITS,
) -> Outcome:
    """How the tool ended.

    Args:
        sandbox: where it runs.
        tree: shown read-only under `REPOSITORY`.
        tool: what is called.
        arguments: its own.
        codes: exit codes that are verdicts.
        cwd: the folder it starts in.
        mounts: what it needs beside itself and the tree.
        env: its whole environment.
        profile: `tools` for programs that need sockets inside.
        limits: what it may use.

    Raises:
        ToolFailed: it ended without a verdict.
        SandboxUnavailable: nothing can be run on this machine.
    """
    outcome = await sandbox.run(
        Command(
            argv=(*tool.argv, *arguments),
            cwd=cwd,
            env=dict(env or {}),
            profile=profile,
            mounts=(*tool.mounts, tree.mount(), *mounts),
            limits=limits,
        )
    )
    return ended(outcome, tool.argv[-1].rpartition("/")[2], codes=codes)
