"""Where the time between two moments of a run went, read from its own events."""

from collections.abc import Sequence
from datetime import datetime

from libs.events.models import Event

Span = tuple[datetime, datetime]


def work(events: Sequence[Event]) -> dict[str, float]:
    """Seconds that each node worked, as it recorded them."""
    seconds: dict[str, float] = {}
    for event in events:
        if event.type == "node-complete" and event.node is not None:
            seconds[event.node] = seconds.get(event.node, 0.0) + event.data["seconds"]
    return seconds


def spans(events: Sequence[Event]) -> list[tuple[str, Span]]:
    """From the start of each visit to its end, as dated by the event log."""
    started: dict[str, datetime] = {}
    found: list[tuple[str, Span]] = []
    for event in events:
        if event.node is None:
            continue
        if event.type == "node-start":
            started[event.node] = event.at
        elif event.type == "node-complete" and event.node in started:
            found.append((event.node, (started.pop(event.node), event.at)))
    return found


def parts(events: Sequence[Event]) -> dict[str, float]:
    """Divides the time from the first node's start to the last event into four parts.

    `work` is what nodes did (of nodes side by side, the longer one), `recording` what their visits took beyond it
    (events, cards, rows), `gates` the visits of gates, `between` what lies outside every visit: checkpoints, the
    graph's own steps, commits and the end of the job.
    """
    visits = spans(events)
    if not visits:
        return {}
    worked = work(events)
    side_by_side = [worked.pop(node) for node in ("critic_tech", "critic_cost") if node in worked]
    at_gates = [span for node, span in visits if node.startswith("hitl_")]
    at_nodes = [span for node, span in visits if not node.startswith("hitl_")]
    gates = covered(at_gates)
    nodes = covered(at_nodes)
    in_nodes = sum(seconds for node, seconds in worked.items() if not node.startswith("hitl_"))
    in_nodes += max(side_by_side, default=0.0)
    first = min(start for _, (start, _) in visits)
    whole = (events[-1].at - first).total_seconds()
    return {
        "work": in_nodes,
        "recording": max(nodes - in_nodes, 0.0),
        "gates": gates,
        "between": max(whole - gates - nodes, 0.0),
    }


def covered(given: Sequence[Span]) -> float:
    """Seconds that lie in at least one of the spans."""
    total, until = 0.0, None
    for start, end in sorted(given):
        begin = start if until is None or start > until else until
        if end > begin:
            total += (end - begin).total_seconds()
            until = end
    return total
