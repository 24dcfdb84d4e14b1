"""What a tried change would do, in lines for a terminal."""

from collections.abc import Iterator

from libs.workflow.what_if import Effect


def told(effect: Effect) -> Iterator[str]:
    """Totals with their change, what breaks, what policies and critics say."""
    summary = effect.summary
    yield f"cost          ${summary['monthly_usd']:,.2f} a month ({effect.monthly_usd_delta:+,.2f})"
    if summary["p95_ms"] is not None:
        yield f"p95           {summary['p95_ms']:g} ms ({effect.p95_ms_delta:+g})"
    yield f"availability  {summary['availability_pct']:.4g} % ({effect.availability_pct_delta:+.6g})"
    yield f"operation     {summary['ops_hours_month']:g} h a month ({effect.ops_hours_delta:+g})"
    for change in effect.diff.components:
        was = change.before.option if change.before else "nothing"
        now = change.after.option if change.after else "nothing"
        yield f"{change.kind:<13} {change.slot}: {was} -> {now}"
    for broken in effect.broken:
        yield f"NOT KEPT      {broken.message}"
    for result in effect.policies:
        yield f"{result.outcome.upper():<13} {result.rule}: {result.message}"
    for finding in effect.findings:
        if finding.severity != "info":
            yield f"{finding.severity:<13} {finding.message}"
    yield "Nothing was decided. To take it: the same options with `runs edit`."
