"""What each catalogue option brings to a repository: modules, images, keys, endpoints and its block in an environment.

An option that can be written has a folder below `templates/terraform/aws/_partials/options/<slot>/<option>/`: its
`part.yaml`, and the blocks of Terraform that an environment calls it with. An option without one is only planned.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from libs.codegen.errors import ModuleUnknown
from libs.codegen.models import Blueprint, Environment
from libs.core.values import Value
from libs.planning.models import SLOTS, Slot

TEMPLATES = Path(__file__).parent / "templates"
OPTIONS = TEMPLATES / "terraform" / "aws" / "_partials" / "options"

SHARED_MODULES: tuple[str, ...] = (
    "alerts",
    "audit_trail",
    "bucket",
    "container_registry",
    "drift_alarm",
    "log_bucket",
)
"""Rendered for every plan."""
WORKLOAD_MODULES: dict[str, tuple[str, ...]] = {
    "rag": ("container_cluster", "container_task"),
    "tabular": (),
}
"""Rendered for every plan of a workload."""
_SHARED_WIDGETS = ("module.drift_alarm.widgets",)
"""Of the modules that belong to no slot."""
_SHARED_IMAGES = ("train",)
_SHARED_KEYS = ("artifacts", "data")
_SHARED_ENDPOINTS = ("ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sts")
"""AWS services that every workload calls."""
_COUNTED = frozenset({"runs_per_month"})
"""Sizes that only count for the bill."""

_RAG_JOB: "dict[str, Scalar]" = {"hours_per_run": 1, "memory_gb": 4, "vcpu": 1}
"""Of the tasks that index documents and judge answers: both wait for models most of the time."""
_LONGEST_INDEX_HOURS = 48
"""An index that takes longer than three times this is finished by later runs: each goes on where the last one ended."""

Scalar = int | float | str | bool


class Copied(Value):
    """A container image of another maker, which somebody copies into a repository of each environment."""

    repository: str
    variable: str
    """Of Terraform, for its tag."""
    image: str = ""
    """Where its maker publishes it."""
    source: str = ""
    """What it is, in words, where it has no one address."""


class Extra(Value):
    """What is needed besides, when other slots hold one of the named options."""

    when: dict[Slot, tuple[str, ...]]
    modules: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    copied: tuple[Copied, ...] = ()
    endpoints: tuple[str, ...] = ()


class Part(Value):
    """One option, as the environments need to know it."""

    modules: tuple[str, ...]
    """Folders of `terraform/aws/modules` besides the shared ones."""
    images: tuple[str, ...] = ()
    """Container repositories besides `train`."""
    copied: tuple[Copied, ...] = ()
    """Images that the repository does not build."""
    given: dict[str, str] = {}
    """Variables that have no default, because only the people who deploy know them: what each is, in words."""
    keys: tuple[str, ...] = ()
    """Purposes of encryption keys besides `artifacts` and `data`."""
    endpoints: tuple[str, ...] = ()
    """AWS services that its workloads call, where the network has no way to the internet."""
    audited_buckets: tuple[str, ...] = ()
    """HCL expressions of the buckets whose data events the audit trail records."""
    audited_tables: tuple[str, ...] = ()
    """HCL expressions of the DynamoDB tables whose data events it records; each event is billed."""
    caps: dict[Environment, dict[str, Scalar]] = {}
    """What smaller environments are held to: numbers are capped, everything else is replaced."""
    unsized: bool = False
    """Whether its module takes no size."""
    unused_size: tuple[str, ...] = ()
    """Keys of the size that its module does not take."""
    job: bool = True
    """Whether a step of a pipeline starts it; of no meaning for slots that are no work."""
    widgets: bool = False
    """Whether its module has metrics for the dashboard as the output `widgets`."""
    secondary_region: bool = False
    """Whether its module works in a second region, through the provider `aws.secondary`."""
    also: tuple[Extra, ...] = ()


class Needs(Value):
    """What the parts of one plan need together; every list is sorted or in the order of the slots."""

    modules: tuple[str, ...]
    images: tuple[str, ...]
    keys: tuple[str, ...]
    endpoints: tuple[str, ...]
    audited_buckets: tuple[str, ...]
    audited_tables: tuple[str, ...]
    widgets: tuple[str, ...]
    """HCL expressions of the lists of widgets, those of the service first."""
    secondary_region: bool


def part_of(slot: Slot, option: str) -> Part | None:
    """What an option brings, or None for one that is only planned."""
    return written_parts().get((slot, option))


@cache
def written_parts() -> dict[tuple[str, str], Part]:
    """Every option that a repository can be written with, by slot and id."""
    return {
        (path.parent.parent.name, path.parent.name): Part.model_validate(
            yaml.safe_load(path.read_text(encoding="utf-8"))
        )
        for path in sorted(OPTIONS.glob("*/*/part.yaml"))
    }


def parts_of(bp: Blueprint) -> dict[Slot, Part]:
    """The part of each slot of a blueprint, in the order of the slots.

    Raises:
        ModuleUnknown: the plan chose an option that nothing is written for.
    """
    found: dict[Slot, Part] = {}
    for slot in SLOTS:
        option = bp.option(slot)
        if not option:
            continue
        part = part_of(slot, option)
        if part is None:
            raise ModuleUnknown(
                f"No Terraform module is bound to the option {option!r}.",
                advice=f"Choose an option for {slot} that a repository can be written with.",
                slot=slot,
            )
        found[slot] = part
    return found


def needs_of(bp: Blueprint) -> Needs:
    """Everything that the parts of a blueprint need.

    Raises:
        ModuleUnknown: as `parts_of`.
    """
    parts = parts_of(bp)
    extras = [extra for part in parts.values() for extra in part.also if _holds(extra, bp)]
    needing: list[Part | Extra] = [*parts.values(), *extras]
    return Needs(
        modules=_sorted((*SHARED_MODULES, *WORKLOAD_MODULES[bp.workload]), (n.modules for n in needing)),
        images=_sorted(_SHARED_IMAGES, (n.images for n in needing)),
        keys=_sorted(_SHARED_KEYS, (part.keys for part in parts.values())),
        endpoints=_sorted(_SHARED_ENDPOINTS, (n.endpoints for n in needing)),
        audited_buckets=tuple(arn for part in parts.values() for arn in part.audited_buckets),
        audited_tables=tuple(arn for part in parts.values() for arn in part.audited_tables),
        widgets=(
            *(
                f"module.{slot}.widgets"
                for slot in sorted(parts, key=lambda slot: slot != "serve")
                if parts[slot].widgets
            ),
            *_SHARED_WIDGETS,
        ),
        secondary_region=any(part.secondary_region for part in parts.values()),
    )


def sizes_of(bp: Blueprint, env: Environment) -> dict[str, dict[str, Scalar]]:
    """The size of each slot whose module takes one: as planned in prod, capped in the smaller environments."""
    sizes: dict[str, dict[str, Scalar]] = {
        slot: {
            key: _capped(value, part.caps.get(env, {}).get(key))
            for key, value in sorted(bp.components[slot].size.items())
            if key not in _COUNTED and key not in part.unused_size
        }
        for slot, part in parts_of(bp).items()
        if not part.unsized
    }
    if bp.workload == "rag":
        sizes |= {"evaluate": dict(_RAG_JOB), "index": {**_RAG_JOB, "hours_per_run": _index_hours(bp)}}
    return dict(sorted(sizes.items()))


def _index_hours(bp: Blueprint) -> int:
    """Of the first index, which embeds every document."""
    first = (
        bp.components["embeddings"].size.get("first_index_hours", 1) if "embeddings" in bp.components else 1
    )
    return min(_LONGEST_INDEX_HOURS, max(1, math.ceil(float(first))))


def given_of(bp: Blueprint) -> dict[str, str]:
    """Variables of an environment that somebody sets before the first plan, and what each is."""
    return {name: words for part in parts_of(bp).values() for name, words in part.given.items()}


def copied_of(bp: Blueprint) -> tuple[Copied, ...]:
    """Images of other makers that the plan runs, each once for a variable."""
    found: list[Copied] = []
    for part in parts_of(bp).values():
        needing: list[Part | Extra] = [part, *(extra for extra in part.also if _holds(extra, bp))]
        found.extend(copied for each in needing for copied in each.copied)
    return tuple(found)


def setups_of(bp: Blueprint) -> tuple[str, ...]:
    """Templates of what people do besides between the first deployment and the first run."""
    found = (OPTIONS / slot / bp.option(slot) / "setup.md.jinja" for slot in parts_of(bp))
    return tuple(path.relative_to(TEMPLATES).as_posix() for path in found if path.is_file())


def _capped(value: Scalar, cap: Scalar | None) -> Scalar:
    if cap is None:
        return value
    if isinstance(value, str | bool) or isinstance(cap, str | bool):
        return cap
    return min(value, cap)


def _holds(extra: Extra, bp: Blueprint) -> bool:
    return all(bp.option(slot) in options for slot, options in extra.when.items())


def _sorted(shared: Sequence[str], more: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({*shared, *(name for names in more for name in names)}))
