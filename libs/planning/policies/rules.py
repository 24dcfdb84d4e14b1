"""A policy pack as data: rules with the control they map to, and the closed list of tests that they may use."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from libs.core.values import Value
from libs.intake.models import Compliance, DataClass
from libs.planning.catalogue.facts import Facts
from libs.planning.models import SLOTS, Archetype

Group = Literal["all", "handling", "keeping", "running", "taggable"]
GROUPS: dict[Group, frozenset[str] | None] = {
    "all": None,
    "handling": frozenset(
        [
            "ingest",
            "store",
            "process",
            "features",
            "train",
            "registry",
            "serve",
            "llm",
            "vector_store",
            "embeddings",
            "guardrails",
        ]
    ),
    "keeping": frozenset({"store", "features", "vector_store"}),
    "running": frozenset({"process", "train", "serve"}),
    "taggable": frozenset(SLOTS) - {"cicd"},
}
"""Slots whose components handle data, keep it, run code, or can carry tags in AWS; None: every slot."""
SLOT_NAMES = frozenset[str](SLOTS)


class OnComponents(Value):
    """A test that looks at the components of a group or of some slots; without them it does not apply."""

    group: Group | None = None
    slots: tuple[str, ...] = ()

    @field_validator("slots")
    @classmethod
    def _known(cls, slots: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(slots) - SLOT_NAMES)
        if unknown:
            raise ValueError(f"unknown slot {unknown[0]}")
        return slots

    def covers(self, slot: str) -> bool:
        """Whether a slot is looked at."""
        if self.slots:
            return slot in self.slots
        slots = GROUPS[self.group or "all"]
        return slots is None or slot in slots


class OnFact(OnComponents):
    """A test of one fact."""

    fact: str
    words: str
    """The fact as a noun, as in `encryption at rest`."""

    @field_validator("fact")
    @classmethod
    def _fact(cls, fact: str) -> str:
        if fact not in Facts.model_fields or Facts.model_fields[fact].annotation is not bool:
            raise ValueError(f"unknown fact {fact}")
        return fact


class EachHas(OnFact):
    """Every component has the fact."""

    kind: Literal["each_has"]


class EachLacks(OnFact):
    """No component has the fact."""

    kind: Literal["each_lacks"]


class SomeHas(OnFact):
    """At least one component has the fact, even where the plan has no such slot."""

    kind: Literal["some_has"]
    blamed: str
    """The slot that is named when none has it."""


class InScope(OnComponents):
    """Every component is in scope of the regime."""

    kind: Literal["in_scope"]
    regime: Compliance


class SizeAtLeast(OnComponents):
    """A size reaches a value, where the chosen option has it."""

    kind: Literal["size_at_least"]
    key: str
    value: float


class RegionIn(Value):
    """The region is one of these."""

    kind: Literal["region_in"]
    regions: tuple[str, ...]


class NoSinglePoint(Value):
    """Nothing that a request passes in these slots runs once only."""

    kind: Literal["no_single_point"]
    slots: tuple[str, ...]


class Target(Value):
    """A target of the brief: availability, latency, budget, or that every price is known."""

    kind: Literal["availability_met", "latency_met", "budget_met", "prices_known"]


class FileExists(Value):
    """The generated repository has the file, or another that does the same for another kind of system."""

    kind: Literal["file_exists"]
    path: str
    instead: tuple[str, ...] = ()
    """Paths that are as good."""


class Resource(Value):
    """Every Terraform resource of these types has an attribute as asked; a value worked out later counts as met."""

    kind: Literal["resource"]
    types: tuple[str, ...]
    attribute: str
    """Path with dots; a block that may be repeated counts when one of them fits."""
    one_of: tuple[bool | int | float | str, ...] = ()
    none_of: tuple[bool | int | float | str, ...] = ()
    at_least: float | None = None
    default: bool | int | float | str | None = None
    """What AWS takes when the attribute is left out."""
    except_with: tuple[str, ...] = ()
    """Attributes with which a resource cannot be as asked and is not looked at."""
    words: str
    """What is wrong otherwise, as in `is not encrypted`."""


ResourceCheck = Literal[
    "public_access_blocks", "bucket_encryption", "bucket_versions", "bucket_policies", "bucket_expiry", "ingress",
    "egress", "any_egress", "wildcard_actions", "wildcard_resources", "administrators", "power_users", "tags",
    "listeners", "trail", "trail_data", "trail_retention", "budget", "written_secrets",
]  # fmt: skip


class Terraform(Value):
    """A check of Terraform resources that needs more than one attribute."""

    kind: Literal["terraform"]
    check: ResourceCheck


Test = Annotated[
    EachHas
    | EachLacks
    | SomeHas
    | InScope
    | SizeAtLeast
    | RegionIn
    | NoSinglePoint
    | Target
    | FileExists
    | Resource
    | Terraform,
    Field(discriminator="kind"),
]


class Scope(Value):
    """When a rule is looked at; every part that is given must hold."""

    data_classification: tuple[DataClass, ...] = ()
    archetypes: tuple[Archetype, ...] = ()
    ml_tasks: tuple[str, ...] = ()
    explainability: tuple[str, ...] = ()


class Rule(Value):
    """One rule."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    control: str = Field(min_length=3)
    """The control that it maps to, with number and title."""
    severity: Literal["warn", "fail"]
    message: str = Field(min_length=3)
    """What the rule asks for."""
    fix: str
    scope: Scope = Scope()
    test: Test


class Pack(Value):
    """Rules that belong together."""

    id: str
    title: str
    description: str = ""
    regimes: tuple[Compliance, ...] = ()
    """The pack applies when one of these is asked for; empty: always."""
    rules: tuple[Rule, ...] = Field(min_length=1)
