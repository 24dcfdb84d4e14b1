"""A policy pack as data: rules with the control they map to and the facts of a plan they look at."""

from typing import Literal

from libs.core.values import Value
from libs.intake.models import Compliance, DataClass
from libs.planning.models import Archetype, Slot


class Choice(Value):
    """The option of a slot must (or must not) be one of these."""

    kind: Literal["choice"]
    slot: Slot
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


class SizeAtLeast(Value):
    """A size must reach a value, where the chosen option has it."""

    kind: Literal["size_at_least"]
    slot: Slot
    key: str
    value: float


class RegionIn(Value):
    """The region must be one of these."""

    kind: Literal["region_in"]
    regions: tuple[str, ...]


class AvailabilityMet(Value):
    """The published availabilities must reach the target."""

    kind: Literal["availability_met"]


class LatencyMet(Value):
    """The conservative path must keep the latency target."""

    kind: Literal["latency_met"]


class BudgetMet(Value):
    """The expected bill must keep the budget."""

    kind: Literal["budget_met"]


class PricesKnown(Value):
    """Every line of the bill must have a price."""

    kind: Literal["prices_known"]


class NoSinglePoint(Value):
    """Nothing that a request passes may run once only."""

    kind: Literal["no_single_point"]
    slots: tuple[Slot, ...]


Test = (
    Choice | SizeAtLeast | RegionIn | AvailabilityMet | LatencyMet | BudgetMet | PricesKnown | NoSinglePoint
)


class Scope(Value):
    """When a rule is looked at; every part that is given must hold."""

    compliance: tuple[Compliance, ...] = ()
    data_classification: tuple[DataClass, ...] = ()
    archetypes: tuple[Archetype, ...] = ()


class Rule(Value):
    """One rule."""

    id: str
    control: str
    message: str
    """What the rule asks for."""
    test: Test
    scope: Scope = Scope()
    otherwise: Literal["warn", "fail"]
    """Outcome when the plan does not meet it; `fail` blocks."""
    fix: str


class Pack(Value):
    """Rules that belong together."""

    id: str
    title: str
    compliance: tuple[Compliance, ...] = ()
    """The pack applies when one of these regimes does; empty: always."""
    rules: tuple[Rule, ...]
