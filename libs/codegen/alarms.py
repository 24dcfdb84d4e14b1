"""The alarms that a plan's Terraform makes, and what the person does who hears them."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import yaml

from libs.codegen.answering import answers_whole, measured_ms
from libs.codegen.filters import Escaped
from libs.codegen.models import Blueprint
from libs.codegen.operations import Pipeline, pipelines_of, service_log
from libs.codegen.parts import OPTIONS, SHARED_MODULES, WORKLOAD_MODULES, parts_of
from libs.codegen.schedules import silent_hours
from libs.core.values import Value
from libs.planning.models import Slot

TABLE = OPTIONS.parent / "alarms.yaml"
_INSIDE: dict[tuple[Slot, str], str] = {
    ("features", "aurora_postgres"): "features-",
    ("vector_store", "aurora_postgres"): "vectors-",
    ("vector_store", "rds_postgres"): "vectors-",
    ("vector_store", "valkey_vectors"): "v-",
}
"""What stands between the environment and the alarm where a slot names its module otherwise."""
_SIZED: dict[str, Slot] = {"features-": "features", "vectors-": "vector_store", "v-": "vector_store"}
"""The slot that such an alarm is about; without anything it is the store."""
_SECOND = "2-"
"""What stands there for the second region, whose names all have it."""
_TWICE = {"ecs_fargate_two_regions": ("internal_load_balancer", "drift_alarm")}
"""Options that make modules once more in the second region."""
_COPIES = {"eks_service": "pods of the deployment `serve` in the cluster `{base}`"}
"""Where the copies of a service are looked at that are no tasks of ECS."""
_ASKED_WHOLE = "; callers that ask for whole answers wait longer than for first words"
_AFTER: dict[str, str] = {"evaluate": "evaluate", "reindex": "reindex", "retrain": "retrain"}
"""The runbook of each pipeline; the others are answered by that of incidents."""


class AlarmEntry(Value):
    """A line of the table: an alarm of a module, with names to be filled in."""

    name: str
    says: str
    look: str
    do: str
    runbook: str = "incident"
    metric: str = ""
    """Of the metrics that the repository's own code writes."""
    slot: Slot | None = None
    """Only where this slot brings the module."""
    workload: str = ""
    """Only for this workload."""
    latency: bool = False
    """Only where the design promises a latency."""
    batch: bool = False
    """Only where batches are scored so often that an alarm can miss one."""
    each: bool = False
    """One for each pipeline."""
    action: bool = False
    """Whether it starts something and tells nobody."""


class Alarm(NamedTuple):
    """An alarm of production."""

    name: str
    says: str
    look: Escaped
    """In Markdown, as the table has it; what was filled in are names that are safe."""
    do: Escaped
    runbook: str
    metric: str


@cache
def alarm_table() -> dict[str, tuple[AlarmEntry, ...]]:
    """The alarms of each module."""
    raw = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {
        module: tuple(AlarmEntry.model_validate(each) for each in entries) for module, entries in raw.items()
    }


def alarms_of(bp: Blueprint) -> tuple[Alarm, ...]:
    """The alarms of production that tell somebody, those of the service first."""
    found: dict[str, Alarm] = {}
    for entry, inside in _entries(bp):
        if entry.action or (entry.latency and bp.latency_ms_p95 is None):
            continue
        if entry.batch and silent_hours(bp.scoring_schedule) is None:
            continue
        for pipeline in pipelines_of(bp) if entry.each else pipelines_of(bp)[:1]:
            alarm = _filled(bp, entry, inside, pipeline)
            found.setdefault(alarm.name, alarm)
    return tuple(found.values())


def _entries(bp: Blueprint) -> Iterator[tuple[AlarmEntry, str]]:
    parts = parts_of(bp)
    table = alarm_table()
    for slot in sorted(parts, key=lambda slot: slot != "serve"):
        for module in parts[slot].modules:
            for entry in table.get(module, ()):
                if entry.slot in (None, slot):
                    yield entry, _INSIDE.get((slot, module), "")
        for module in _TWICE.get(bp.option(slot), ()):
            for entry in table[module]:
                if entry.workload in ("", bp.workload):
                    yield entry, _SECOND
    for module in (*SHARED_MODULES, *WORKLOAD_MODULES[bp.workload]):
        for entry in table.get(module, ()):
            if entry.workload in ("", bp.workload):
                yield entry, ""


def _streams(bp: Blueprint) -> bool:
    return bp.workload == "rag" and not answers_whole(bp)


def _filled(bp: Blueprint, entry: AlarmEntry, inside: str, pipeline: Pipeline) -> Alarm:
    prod = f"{bp.project}-prod"
    second = inside == _SECOND
    base = f"{prod}-2" if second else prod
    rag = bp.workload == "rag"
    words = {
        "availability": f"{bp.availability_pct:g}",
        "base": base,
        "copies": _COPIES.get(bp.option("serve"), "events of the ECS service `{base}-serve`").format(
            base=base
        ),
        "fresh": "release" if rag else "model",
        "latency": f"{measured_ms(bp) or 0:g}",
        "log": service_log(bp, "prod").replace(prod, base),
        "made": _AFTER.get(pipeline.name, "incident"),
        "make": "run `reindex`, then `evaluate`" if rag else "run `retrain`",
        "pipeline": pipeline.name,
        "size": f"sizes.{_SIZED.get(inside, 'store')}",
    }
    return Alarm(
        name=f"{prod}-{inside}{entry.name.format(**words)}",
        says=entry.says.format(**words) + (" (in the second region)" if second else ""),
        look=Escaped(entry.look.format(**words) + (_ASKED_WHOLE if entry.latency and _streams(bp) else "")),
        do=Escaped(entry.do.format(**words)),
        runbook=f"docs/runbooks/{entry.runbook.format(**words)}.md",
        metric=entry.metric,
    )
