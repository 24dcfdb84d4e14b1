"""What a check is: it looks at one unpacked payload and says what it found."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from libs.codegen.models import CheckFinding, CheckResult, CheckStatus
from libs.core.errors import ProductError
from libs.core.values import Value
from libs.planning.policies.waivers import WaiverEntry
from libs.sandbox.port import Mount, Outcome

REPOSITORY = "/work/repo"
"""Where the sandbox shows the tree, read-only."""
PATIENCE_S = 600.0
"""Longest that one of the long tools may be under way. Its processor time is bounded more tightly: on a busy machine
the clock runs on while a tool waits for its turn, and that is no verdict on the repository."""
_SAID_CHARACTERS = 400


class ToolFailed(ProductError):
    """A tool ended without a verdict."""

    code = "codegen.tool_failed"


class Tree(Value):
    """One unpacked payload; its folders are open to every reader."""

    path: Path
    payload_sha256: str
    waivers: tuple[WaiverEntry, ...] = ()
    """Failing rules that were accepted for this very design, beside those of the organisation."""

    def mount(self) -> Mount:
        """The tree as the sandbox shows it."""
        return Mount(source=self.path, target=REPOSITORY)

    def files(self, suffix: str = "") -> list[str]:
        """Relative POSIX paths of the regular files with that ending, sorted."""
        return sorted(
            path.relative_to(self.path).as_posix()
            for path in self.path.rglob(f"*{suffix}")
            if path.is_file() and not path.is_symlink()
        )

    def result(
        self,
        check: str,
        status: CheckStatus,
        reason: str,
        *,
        findings: Sequence[CheckFinding] = (),
        tool_version: str = "",
        outcomes: Sequence[Outcome] = (),
    ) -> CheckResult:
        """A result bound to this payload; the suite adds how long it took."""
        return CheckResult(
            check=check,
            status=status,
            reason=reason,
            payload_sha256=self.payload_sha256,
            tool_version=tool_version,
            findings=tuple(findings),
            cpu_seconds=sum(outcome.cpu_seconds for outcome in outcomes),
        )


class Check(Protocol):
    """One kind of proof."""

    name: str

    async def run(self, tree: Tree) -> CheckResult:
        """Looks at the tree; a missing tool is `skipped` with the reason, never `pass`.

        Raises:
            ToolFailed: the tool ended without a verdict; the suite reports it as `fail`.
            SandboxUnavailable: nothing can be run on this machine.
        """
        ...


def ended(outcome: Outcome, tool: str, *, codes: Sequence[int]) -> Outcome:
    """The outcome itself.

    Raises:
        ToolFailed: a limit stopped the tool, or it ended with another code than those that are verdicts.
    """
    if outcome.stopped_by is not None:
        raise ToolFailed(
            f"{tool} was stopped after {outcome.seconds:.0f} s, because it passed the {outcome.stopped_by} limit."
        )
    if outcome.exit_code not in codes:
        said = (outcome.stderr or outcome.stdout).decode(errors="replace").strip()[-_SAID_CHARACTERS:]
        raise ToolFailed(f"{tool} ended with code {outcome.exit_code}: {said or 'it said nothing'}")
    return outcome


def agreeing(findings: Sequence[CheckFinding], outcome: Outcome, tool: str) -> list[CheckFinding]:
    """The findings themselves.

    Raises:
        ToolFailed: the tool ended as if it had found something, yet nothing it said was understood.
    """
    if outcome.exit_code != 0 and not findings:
        raise ToolFailed(f"{tool} ended with code {outcome.exit_code} and named nothing.")
    return list(findings)


def not_installed(tool: str) -> str:
    """The reason with which a check is skipped."""
    return f"{tool} is not installed; run `make install`, or set AGENTIC_MLOPS_TOOLS_BIN."


def relative(path: str) -> str:
    """The path inside the repository of a file that a tool names."""
    return path.removeprefix(f"{REPOSITORY}/").removeprefix("./")


def verdict(findings: Sequence[CheckFinding], *, blocking: Sequence[str] = ("high",)) -> CheckStatus:
    """`fail` for an open finding of a blocking severity, `warn` for any other open one."""
    open_ones = [finding for finding in findings if not finding.suppressed]
    if any(finding.severity in blocking for finding in open_ones):
        return "fail"
    return "warn" if open_ones else "pass"
