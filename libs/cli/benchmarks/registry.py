"""The one list of measurements, the short ones first."""

from collections.abc import Sequence

from libs.cli.benchmarks import (
    approval_to_zip,
    brief_to_gate,
    checks,
    design_list,
    extraction,
    first_card,
    first_event,
    first_load,
    idle_memory,
    jobs_per_second,
    lighthouse,
    node_overhead,
    open_file,
    questions,
    render,
    solver,
    thousand_events,
    what_if,
)
from libs.cli.benchmarks.models import Measurement
from libs.core.errors import Invalid

MEASUREMENTS: tuple[Measurement, ...] = (
    Measurement("first_load", "the JavaScript that each page loads at first", 1, first_load.measure),
    Measurement("extraction", "a brief of 2 KB becomes constraints", 30, extraction.measure),
    Measurement(
        "extraction_growth", "how time grows with the length of a brief", 3, extraction.measure_growth
    ),
    Measurement("questions", "which questions are worth asking", 10, questions.measure),
    Measurement("solver", "requirements become a plan with its alternatives", 20, solver.measure),
    Measurement("what_if", "one exchange at a gate, judged by every policy", 10, what_if.measure),
    Measurement("render", "a plan becomes a packed repository", 10, render.measure),
    Measurement("node_overhead", "what a node costs beside bare LangGraph", 15, node_overhead.measure),
    Measurement("jobs_per_second", "the queue beside procrastinate", 3, jobs_per_second.measure),
    Measurement("idle_memory", "memory and start-up of `serve`", 2, idle_memory.measure),
    Measurement("first_event", "from POST to the first event", 15, first_event.measure),
    Measurement("first_card", "from sending a brief to the first reason in the page", 50, first_card.measure),
    Measurement("design_list", "a page of the list of 5,000 designs", 10, design_list.measure),
    Measurement("thousand_events", "a page with a run of 1,000 events", 3, thousand_events.measure),
    Measurement("open_file", "a file of a repository of 300, in the page", 3, open_file.measure),
    Measurement("lighthouse", "what Lighthouse says of the landing page and a run", 3, lighthouse.measure),
    Measurement("brief_to_gate", "from a brief to its final gate", 10, brief_to_gate.measure),
    Measurement("checks", "the checks on the largest repository, then on the same again", 1, checks.measure),
    Measurement("approval_to_zip", "from the approval to the proven zip", 3, approval_to_zip.measure),
)


def chosen(names: Sequence[str]) -> tuple[Measurement, ...]:
    """The measurements of these names, in the order of the list; all of them for no names.

    Raises:
        Invalid: a name that is not in the list.
    """
    known = [measurement.name for measurement in MEASUREMENTS]
    if unknown := [name for name in names if name not in known]:
        raise Invalid(
            f"There is no measurement {', '.join(unknown)}.",
            advice=f"Nothing was measured. There are: {', '.join(known)}.",
        )
    return tuple(m for m in MEASUREMENTS if not names or m.name in names)
