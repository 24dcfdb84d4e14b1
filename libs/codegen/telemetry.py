"""What the modules of a plan tell CloudWatch, for an observer that takes it elsewhere."""

from functools import cache
from typing import NamedTuple

import yaml

from libs.codegen.filters import Escaped
from libs.codegen.models import Blueprint
from libs.codegen.parts import OPTIONS, needs_of, parts_of
from libs.core.values import Value

TABLE = OPTIONS.parent / "telemetry.yaml"


class Told(Value):
    """A line of the table: what one module tells."""

    metrics: tuple[str, ...] = ()
    """Namespaces."""
    log: str = ""
    """HCL expression of the log group of what runs in it."""


class Telemetry(NamedTuple):
    """What the whole plan tells."""

    namespaces: tuple[str, ...]
    log_groups: tuple[Escaped, ...]
    """HCL expressions, each once."""


@cache
def telemetry_table() -> dict[str, Told]:
    """What each module tells; one that is not named tells nothing."""
    raw = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {module: Told.model_validate(entry) for module, entry in raw.items()}


def telemetry_of(bp: Blueprint) -> Telemetry:
    """The namespaces of the services in use, and the log groups of what runs."""
    table = telemetry_table()
    modules = needs_of(bp).modules
    namespaces = {name for module in modules if module in table for name in table[module].metrics}
    logs = [
        table[module].log.format(slot=slot)
        for slot, part in parts_of(bp).items()
        for module in part.modules
        if module in table and table[module].log
    ]
    if bp.workload == "rag":
        jobs = ("index", "evaluate") if "evaluation" in parts_of(bp) else ("index",)
        logs += [f"module.{job}.log_group" for job in jobs]
    return Telemetry(
        namespaces=tuple(sorted(namespaces)),
        log_groups=tuple(Escaped(log) for log in dict.fromkeys(logs)),
    )
