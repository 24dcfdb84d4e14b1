"""What the checks found, as people read it: one line a check, then every open finding with its place."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from libs.cli.progress import STATUS_STYLE
from libs.codegen.models import CheckFinding, CheckResult

_NUMBERS = frozenset({"seconds", "CPU s", "open", "suppressed"})
_SHOWN_FINDINGS = 20
_WIDTH_WITHOUT_TERMINAL = 140
_SEVERITY_STYLE = {"high": "bold red", "medium": "yellow", "low": "dim"}


def show(results: Sequence[CheckResult], *, quiet: bool) -> None:
    """Prints to stderr; stdout stays the result."""
    console = Console(
        stderr=True,
        highlight=False,
        quiet=quiet,
        width=None if sys.stderr.isatty() else _WIDTH_WITHOUT_TERMINAL,
    )
    console.print(_table(results))
    for result in results:
        _show_findings(console, result)


def _table(results: Sequence[CheckResult]) -> Table:
    table = Table()
    for heading in ("check", "result", "seconds", "CPU s", "open", "suppressed", "tool", "what it says"):
        table.add_column(heading, justify="right" if heading in _NUMBERS else "left")
    for result in results:
        suppressed = sum(finding.suppressed for finding in result.findings)
        table.add_row(
            result.check,
            Text(result.status, STATUS_STYLE[result.status]),
            "known" if result.cached else f"{result.seconds:.1f}",
            "" if result.cached else f"{result.cpu_seconds:.1f}",
            str(len(result.findings) - suppressed or ""),
            str(suppressed or ""),
            Text(result.tool_version),
            Text(result.reason),
        )
    return table


def _show_findings(console: Console, result: CheckResult) -> None:
    open_ones = [finding for finding in result.findings if not finding.suppressed]
    if not open_ones:
        return
    console.print(Text(f"\n{result.check}", "bold"))
    for finding in open_ones[:_SHOWN_FINDINGS]:
        console.print(_line(finding), soft_wrap=True)
    if len(open_ones) > _SHOWN_FINDINGS:
        console.print(f"  and {len(open_ones) - _SHOWN_FINDINGS} more; --json gives all of them")


def _line(finding: CheckFinding) -> Text:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    return Text.assemble(
        ("  " + finding.severity.ljust(7), _SEVERITY_STYLE[finding.severity]),
        f" {place}  ",
        (finding.check_id, "bold"),
        f"  {finding.message}",
    )
