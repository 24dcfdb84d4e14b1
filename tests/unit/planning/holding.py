"""Does a plan hold what was asked: a checker that reads the catalogue files itself and knows no code of the planner."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from libs.planning.models import Component, Plan
from tests.unit.planning import recomputing

TWELVE = [
    "ingest", "store", "process", "features", "orchestrate", "train",
    "registry", "serve", "observe", "cicd", "network", "security",
]  # fmt: skip
LANGUAGE = ["llm", "vector_store", "embeddings", "guardrails", "evaluation"]
WAITED_FOR = {
    "online_api": {"features", "serve", "llm", "vector_store", "embeddings", "guardrails"},
    "batch_scoring": {"serve", "llm", "vector_store", "embeddings", "guardrails"},
}
GPU = re.compile(r"^(ml\.)?(g\d|p\d)")
BEFORE = {"low_usd": "expected_usd", "expected_usd": "high_usd"}
ONE_AT_A_TIME = {"lambda_service": "reserved_concurrency", "sagemaker_serverless": "max_concurrency"}
"""Services of which each copy answers one question, and the size that says how many copies there may be."""
MOST = ("max_tasks", "max_nodes", "max_instances")
OUTSIDE_THE_UNION = "eu-west-2"
"""A region of the European geography outside of the Union; areas are `eu`, `us` and countries, which are smaller."""
LOCKED = {"PCI-DSS", "HIPAA"}


class Part:
    """A component beside its file, and the file's formulas under the requirements."""

    def __init__(self, plan: Plan, component: Component, names: dict[str, Any]) -> None:
        self.component, self.slot, self.name = component, component.slot, component.option
        self.file = recomputing.option(component.slot, component.option)
        self.facts: dict[str, Any] = self.file.get("facts", {})
        scope = recomputing.scope_of(component, names)
        self.sized = scope is not None
        self.scope = scope or names
        self.waited_for = component.slot in WAITED_FOR[plan.requirements.archetype]

    def value(self, text: Any) -> Any:
        """A formula of the file at this size."""
        return recomputing.value(text, self.scope)

    def applying(self, key: str) -> Iterator[dict[str, Any]]:
        """Rows of a list in the file whose condition holds."""
        yield from (row for row in self.file.get(key, []) if self.value(row.get("when", True)))


def violations(plan: Plan, *, written_only: bool = False) -> list[str]:
    """What the plan does not hold, in words; empty when it holds everything."""
    names = recomputing.names_of(plan.requirements)
    parts: dict[str, Part] = {component.slot: Part(plan, component, names) for component in plan.components}
    unsized = [f"{part.name} has no size {part.component.size}" for part in parts.values() if not part.sized]
    if unsized or (misshapen := _shape(plan, parts, written_only)):
        return unsized or misshapen
    return [
        *_money(plan),
        *_bill(plan, parts),
        *_path(plan, parts),
        *_waiting(plan, parts["serve"], names),
        *_ruled_out(plan, parts),
        *_kinds(plan, parts, written_only),
        *_recovery(plan, parts),
        *_guarded(plan, parts),
        *_together(parts),
    ]


def _shape(plan: Plan, parts: dict[str, Part], written_only: bool) -> list[str]:
    archetype = plan.requirements.archetype
    wanted = TWELVE
    if plan.requirements.ml_task == "llm_rag":  # a ready model looks up no features and is not registered
        wanted = ["ingest", "store", "process", "orchestrate", "train", "serve", *LANGUAGE, *TWELVE[8:]]
    found = [
        f"{p.name} is made for another archetype"
        for p in parts.values()
        if archetype not in p.file["archetypes"]
    ]
    if [component.slot for component in plan.components] != wanted:
        found.append("not one component a slot")
    if written_only:
        found += [
            f"no repository is written with {part.name}"
            for slot, part in parts.items()
            if not part.file.get("generated") and _written(slot, archetype)
        ]
    return found


def _written(slot: str, archetype: str) -> list[str]:
    files = (recomputing.CATALOGUE / "options" / slot).glob("*.yaml")
    options = [recomputing.option(slot, file.stem) for file in files]
    return [o["id"] for o in options if o.get("generated") and archetype in o["archetypes"]]


def _money(plan: Plan) -> list[str]:
    needs, found = plan.requirements, []
    total = sum(line.quantity * line.unit_price_usd for line in plan.cost.lines if line.unit_price_usd)
    if not math.isclose(total, plan.cost.expected_usd, abs_tol=0.05, rel_tol=0.001):
        found.append(f"the lines make {total}, the estimate says {plan.cost.expected_usd}")
    if needs.budget_usd_month is not None and total > needs.budget_usd_month + 0.05:
        found.append("over budget")
    if any(line.unit_price_usd is None for line in plan.cost.lines):
        found.append("an unknown price was chosen unasked")
    if any(line.region not in (needs.region, "global") for line in plan.cost.lines):
        found.append("priced in another region")
    for lower, upper in BEFORE.items():
        if getattr(plan.cost, lower) > getattr(plan.cost, upper) + 0.01:
            found.append(f"{lower} is above {upper}")
    return found


def _bill(plan: Plan, parts: dict[str, Part]) -> list[str]:
    """Every item of the files is on the bill with its whole quantity, and nothing else is."""
    billed: dict[tuple[str, str], float] = defaultdict(float)
    for line in plan.cost.lines:
        billed[line.slot, line.key] += line.quantity
    for slot, part in parts.items():
        for use in part.applying("uses"):
            billed[slot, use["price"].format_map(part.scope)] -= part.value(use["quantity"])
    quantities: dict[tuple[str, str], float] = {
        (line.slot, line.key): line.quantity for line in plan.cost.lines
    }
    return [
        f"{slot} is billed {difference:+g} of {key}"
        for (slot, key), difference in billed.items()
        if abs(difference) > 1e-3 + 1e-6 * quantities.get((slot, key), 0.0)
    ]


def _path(plan: Plan, parts: dict[str, Part]) -> list[str]:
    needs, found = plan.requirements, []
    online = needs.archetype == "online_api"
    if online and needs.latency_ms_p95 is not None:
        time = sum(p.value(hop["ms"]) for p in parts.values() for hop in p.applying("path"))
        if time > needs.latency_ms_p95 + 0.01:
            found.append(f"{time} ms are too slow")
    level = 1.0
    for part in parts.values():
        first = next(part.applying("availability"), None)
        level *= part.value(first["pct"]) / 100 if part.waited_for and first else 1.0
    if level < needs.availability_pct / 100 - 1e-7:
        found.append(f"{level} is not available enough")
    peak = needs.throughput_rps * (1 + needs.growth_pct_year / 100) * 0.999
    found += [
        f"{p.name} does not carry the peak"
        for p in parts.values()
        if online and "capacity_rps" in p.file and p.value(p.file["capacity_rps"]) < peak
    ]
    return found


def _waiting(plan: Plan, serve: Part, names: dict[str, Any]) -> Iterator[str]:
    """Little's law: who comes while others are answered needs a place, and replicas are added before all are taken."""
    needs, size = plan.requirements, serve.component.size
    if needs.ml_task != "llm_rag":
        return
    seconds = recomputing.waited_seconds(needs, names)
    if needs.archetype == "batch_scoring":
        yield from _asked_in_time(serve, names, seconds)
        return
    waiting = needs.throughput_rps * (1 + needs.growth_pct_year / 100) * seconds
    if serve.name in ONE_AT_A_TIME:
        places = float(size[ONE_AT_A_TIME[serve.name]])
    else:
        held = float(size["questions_at_once"]) * names["utilisation"]
        places = float(size[next(name for name in MOST if name in size)]) * held
        if float(size.get("requests_per_minute", 0)) / 60 * seconds > held:
            yield f"{serve.name} adds replicas when questions are refused already"
    if waiting > places * 1.001:
        yield f"{serve.name} has {places} places for {waiting} questions at once"


def _asked_in_time(serve: Part, names: dict[str, Any], seconds: float) -> Iterator[str]:
    """A run waits in all for every answer: as much at once as it is planned with, within its hours and its window."""
    size = serve.component.size
    places, machines = float(size["questions_at_once"]), float(serve.scope.get("jobs", 1))
    asking = float(size["hours_per_run"]) - machines * names["task_start_hours"]
    if names["rows_run"] * seconds / 3600 > asking * places * 1.001 + 0.01 * places:
        yield f"{serve.name} answers {names['rows_run']} questions in {asking} h, {places} at once"
    if asking / machines + names["task_start_hours"] > names["scoring_hours"] * 1.01:
        yield f"{serve.name} is not over within {names['scoring_hours']} h"
    least = min(names["llm_batch"], names["questions_at_once"])
    if not least <= places <= names["questions_at_once"]:
        yield f"{serve.name} asks {places} questions at once"


def _ruled_out(plan: Plan, parts: dict[str, Part]) -> list[str]:
    needs, found = plan.requirements, []
    for part in parts.values():
        found += [f"{part.name} although {row['reason']}" for row in part.applying("exclusions")]
        if needs.region not in part.file.get("regions", [needs.region]):
            found.append(f"{part.name} is not offered in {needs.region}")
        for area in needs.residency:
            inside = needs.region.split("-")[0] == area and needs.region != OUTSIDE_THE_UNION
            leaves_region = part.facts.get("data_leaves_region") and not inside
            if part.facts.get("data_leaves_account") or leaves_region:
                found.append(f"{part.name} lets data out of {area}")
    return found


def _kinds(plan: Plan, parts: dict[str, Part], written_only: bool) -> list[str]:
    needs, found = plan.requirements, []
    online = needs.archetype == "online_api"
    wanted = {needs.deployment_preference} - {None}
    if written_only and wanted == {"kubernetes"}:
        wanted = {"kubernetes", "containers"}
    if wanted and not wanted & set(parts["serve"].file["deployment"]):
        found.append(f"deployed in another way than {wanted}")
    if needs.gpu_needed and needs.ml_task != "llm_rag":
        found += [
            f"{slot} without a GPU: {parts[slot].component.size}"
            for slot in (("train", "serve") if online else ("train",))
            if not any(GPU.match(str(value)) for value in parts[slot].component.size.values())
        ]
    if needs.streaming and online:
        if parts["ingest"].name not in ("kinesis_stream", "msk_provisioned", "msk_serverless"):
            found.append("a stream without a stream")
        if "features" in parts and parts["features"].name == "offline_parquet":
            found.append("a stream without an online feature store")
    named = (needs.ci_provider or "").removesuffix("_devops").split("_")[0]
    if named not in parts["cicd"].name:
        found.append(f"delivered by {parts['cicd'].name} although {needs.ci_provider} was named")
    self_hosted = "llm" in parts and parts["llm"].name.startswith("vllm")
    if "llm" in parts and needs.llm_hosting == ("hosted" if self_hosted else "self_hosted"):
        found.append(f"{parts['llm'].name} although {needs.llm_hosting} was asked for")
    hours, runs = (parts["train"].component.size.get(key) for key in ("hours_per_run", "runs_per_month"))
    if hours and runs and float(hours) * float(runs) > 730 * 1.01:
        found.append("training is not over when the next run starts")
    return found


def _recovery(plan: Plan, parts: dict[str, Part]) -> list[str]:
    needs, found = plan.requirements, []
    for part in parts.values():
        rule = part.file.get("recovery")
        if rule and needs.rpo_minutes is not None and part.value(rule["rpo_minutes"]) > needs.rpo_minutes:
            found.append(f"{part.name} loses more than {needs.rpo_minutes} minutes")
        if rule and needs.rto_minutes is not None and part.value(rule["rto_minutes"]) > needs.rto_minutes:
            found.append(f"{part.name} is away for more than {needs.rto_minutes} minutes")
    return found


def _guarded(plan: Plan, parts: dict[str, Part]) -> list[str]:
    needs, found = plan.requirements, []
    for part in parts.values():
        outside = set(needs.compliance) - set(part.facts.get("compliance", []))
        if outside:
            found.append(f"{part.name} is outside the scope of {outside}")
    if LOCKED & set(needs.compliance) or needs.data_classification == "restricted":
        if not parts["security"].facts.get("own_keys"):
            found.append("guarded data without keys of one's own")
        if parts["network"].name in ("public_subnets", "private_nat", "private_endpoints_and_nat"):
            found.append("guarded data with an open way to the Internet")
        if parts["serve"].facts.get("public_endpoint"):
            found.append("guarded data behind a public endpoint")
    audited = {*LOCKED, "SOC2"} & set(needs.compliance)
    if audited and not parts["orchestrate"].facts.get("step_records"):
        found.append("an audited pipeline without records of its steps")
    return found


def _together(parts: dict[str, Part]) -> list[str]:
    chosen = {slot: part.name for slot, part in parts.items()}
    return [
        f"{part.name} without {pairing['options']}"
        for part in parts.values()
        for pairing in part.applying("requires")
        if pairing["slot"] in chosen
        and chosen[pairing["slot"]] not in pairing["options"]
        and not any(chosen.get(slot) in some for slot, some in pairing.get("unless", {}).items())
    ]
