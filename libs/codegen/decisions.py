"""One architecture decision record for each slot of the plan."""

from libs.codegen import wording
from libs.codegen.gpus import has_gpus
from libs.codegen.manifest_adapters import STREAMS
from libs.codegen.models import DecisionAnswer
from libs.codegen.naming import slug
from libs.planning.models import LLM_SLOTS, SLOTS, Component, Plan, Rejection, Requirements
from libs.planning.wording import SLOT_TITLES, quantity

IDLE = (
    "The models written here (linear ones and trees) compute on processors: "
    "its GPUs stay idle until a model that uses them is added."
)
UNWRITTEN = "It is planned and priced; this repository does not build it yet."


def decision_records(plan: Plan) -> tuple[DecisionAnswer, ...]:
    """The records in the order of the slots, numbered from 1."""
    chosen = [c for slot in SLOTS for c in plan.components if c.slot == slot]
    return tuple(_record(number, component, plan) for number, component in enumerate(chosen, start=1))


def _record(number: int, component: Component, plan: Plan) -> DecisionAnswer:
    size = wording.size(component.size)
    return DecisionAnswer(
        number=number,
        slug=slug(component.slot) + "-" + slug(component.option),
        title=f"{SLOT_TITLES[component.slot]}: {wording.one_line(component.title, 120)}",
        context=_context(component, plan.requirements),
        choice=f"{wording.one_line(component.title, 120)}" + (f" ({size})." if size else "."),
        consequences=_consequences(component, plan.requirements),
        rejected=tuple(_rejection(r) for r in plan.rejected if r.slot == component.slot),
    )


def _context(component: Component, needs: Requirements) -> str:
    slot = component.slot
    if slot == "serve":
        if needs.archetype == "batch_scoring":
            return f"Predictions are written in batches, {wording.number(needs.predictions_per_day)} a day."
        latency = (
            f"{wording.number(needs.latency_ms_p95)} ms at p95"
            if needs.latency_ms_p95
            else "no stated latency"
        )
        stream = component.option in STREAMS
        rate = wording.counted(needs.throughput_rps, "events/s" if stream else "requests/s")
        begins = "Events are scored as they arrive" if stream else "Callers wait for the answer"
        return (
            f"{begins}: {latency}, a peak of {rate}, {wording.number(needs.availability_pct)} % availability."
        )
    if slot in LLM_SLOTS:
        return (
            f"{wording.number(needs.data_volume_gb)} GB of {needs.data_classification} documents answer "
            f"{wording.counted(needs.predictions_per_day, 'questions')} a day."
        )
    if slot in ("train", "orchestrate", "registry"):
        frequency = needs.training_frequency.replace("_", " ")
        gpu = "a GPU is needed" if needs.gpu_needed else "no GPU is needed"
        return f"The model is trained {frequency} on {wording.number(needs.data_volume_gb)} GB; {gpu}."
    if slot in ("ingest", "store", "process", "features"):
        arrival = "as a stream" if needs.streaming else "in files"
        return (
            f"{wording.number(needs.data_volume_gb)} GB of {needs.data_classification} data arrive {arrival}"
            f"; {wording.number(needs.predictions_per_day)} predictions a day read features."
        )
    if slot in ("network", "security"):
        rules = ", ".join(needs.compliance) or "no compliance regime"
        return f"The data is {needs.data_classification} and stays in {needs.region}; {rules} applies."
    people = wording.number(needs.team_size)
    return f"A team of {people} runs the system at {wording.number(needs.availability_pct)} % availability."


def _consequences(component: Component, needs: Requirements) -> str:
    cost = (
        "at an unknown price"
        if component.monthly_usd is None
        else f"for about ${component.monthly_usd:,.2f} a month"
    )
    hours = quantity(round(component.ops_hours_month, 2), "hour")
    text = f"{wording.one_line(component.why, 400)} It comes {cost} and {hours} of operation a month."
    if needs.ml_task != "llm_rag" and component.slot in ("train", "serve") and has_gpus(component.size):
        text = f"{text} {IDLE}"
    return text if component.generated else f"{text} {UNWRITTEN}"


def _rejection(rejection: Rejection) -> str:
    text = f"{rejection.title or rejection.option}: {wording.one_line(rejection.reason, 300)}"
    if rejection.constraint:
        return f"{text} (constraint {rejection.constraint})"
    if rejection.delta_usd_month is not None and "$" not in rejection.reason:
        return f"{text} ({rejection.delta_usd_month:+,.2f} USD a month)"
    return text
