"""What the catalogue says about an option: where it fits, how it is sized, what it uses, and on whose word."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from libs.core.values import Value, digest
from libs.intake.models import Deployment, FieldName
from libs.planning.catalogue.facts import Facts
from libs.planning.catalogue.formulas import Formula, Text, formula, words
from libs.planning.errors import AssumptionInvalid
from libs.planning.models import Archetype, Slot

Provider = Literal["aws", "gcp", "azure"]
Scalar = int | float | str | bool

ALWAYS = formula("True")
_AS_TEXT = WithJsonSchema({"type": ["string", "number", "boolean"]})
Expression = Annotated[
    Formula,
    PlainValidator(lambda raw: raw if isinstance(raw, Formula) else formula(str(raw))),
    PlainSerializer(lambda held: held.text, return_type=str),
    _AS_TEXT,
]
"""A formula in a file; numbers and truth values are formulas too."""
Template = Annotated[
    Text,
    PlainValidator(lambda raw: raw if isinstance(raw, Text) else words(str(raw))),
    PlainSerializer(lambda held: held.template, return_type=str),
    _AS_TEXT,
]
"""A text with places such as `{floor:g}`."""


class Claim(Value):
    """A statement with its source."""

    text: str
    source: str
    date: date | None
    """When the source was dated or read; None when it carries no date."""


class Figure(Value):
    """A planning assumption: a named figure that a person may change."""

    name: str
    value: float
    unit: str
    text: str
    """What it says, in one sentence."""
    source: str
    date: date | None
    low: float
    high: float
    """Range in which a changed value makes sense."""


class Load(Value):
    """What one prediction of a task costs: planning allowances that a load test must confirm."""

    cpu_ms: float
    """CPU time on one vCPU."""
    inference_p95_ms: float
    """Time on one vCPU at the target utilisation, 95th percentile."""
    gpu_ms: float
    """Time on the smallest GPU type."""
    memory_need_gb: float
    training_weight: float
    """Training work in relation to a tabular model of the same data volume."""
    source: str
    date: date | None


class Exclusion(Value):
    """A hard rule: the option must not be chosen when the condition holds."""

    when: Expression
    field: FieldName
    """The constraint that is named when the rule rejects the option."""
    reason: str


class Pairing(Value):
    """This option works only with one of the named options of another slot, in designs that have that slot."""

    slot: Slot
    options: tuple[str, ...]
    reason: str
    when: Expression = ALWAYS
    unless: dict[Slot, tuple[str, ...]] = {}
    """Options of further slots beside which every option of `slot` will do."""

    @property
    def partners(self) -> tuple[tuple[Slot, str], ...]:
        """Slot and option of everything that satisfies it."""
        found = {self.slot: self.options, **self.unless}
        return tuple((slot, option) for slot, options in found.items() for option in options)


class Fit(Value):
    """A limit of a size; `if` is the condition that must hold."""

    holds: Expression
    field: FieldName
    reason: Template


class Sizing(Value):
    """How big the option has to be."""

    choices: tuple[dict[str, Scalar], ...] = ({},)
    """Variants to try, in this order; each a row of values that formulas may read."""
    replicas: bool = False
    """Whether to try each of the least numbers of replicas, as `replicas`."""
    let: dict[str, Expression] = {}
    """Intermediate results, in order."""
    fits: tuple[Fit, ...] = ()
    keep: Literal["all", "first"] | int = "all"
    """How many of the variants that fit are offered, the first ones."""
    size: dict[str, Expression]
    """What goes into the plan and to the templates; an empty word leaves an entry out."""


class UseRule(Value):
    """One item of the bill."""

    item: str
    price: Template
    """Key of the price; may hold places."""
    quantity: Expression
    formula: Template
    """How the quantity follows, in words and numbers."""
    elastic: bool = False
    """Whether the quantity follows the traffic."""
    free: bool = False
    """Whether the provider's always-free quantity is counted here; a key is free in one slot only."""
    when: Expression = ALWAYS


class HopRule(Value):
    """What the option adds to the path of one request."""

    hop: str
    ms: Expression
    """95th percentile in milliseconds."""
    basis: str
    when: Expression = ALWAYS


class AvailabilityRow(Value):
    """Availability of the option in the path of a request, or of a scheduled run."""

    pct: Expression
    claim: int
    """Index of the claim it rests on."""
    when: Expression = ALWAYS
    single: bool = False
    """Whether this is one replica without another one beside it."""


class Quota(Value):
    """A default quota of an account, and what the design needs of it."""

    name: str
    code: str = ""
    """Code in Service Quotas, where it has one."""
    default: float
    needs: Expression
    claim: int


class Recovery(Value):
    """What a store loses and how long it takes to have it back."""

    rpo_minutes: Expression
    rto_minutes: Expression
    claim: int


class Option(Value):
    """One way to fill a slot."""

    id: str
    slot: Slot
    title: str
    summary: str
    """Why one takes it, in one sentence."""
    provider: Provider = "aws"
    archetypes: tuple[Archetype, ...]
    deployment: tuple[Deployment, ...] = ()
    """Deployment preferences it satisfies; only the serve slot is held to one."""
    generated: bool = False
    """Whether a repository can be written with it."""
    ops_hours_month: float
    """Hours of operation a month in production: a planning allowance."""
    scaling: str = ""
    """How far and how fast it scales, in words."""
    facts: Facts
    regions: tuple[str, ...] = ()
    """Empty: every region that can be priced."""
    exclusions: tuple[Exclusion, ...] = ()
    requires: tuple[Pairing, ...] = ()
    sizing: Sizing
    uses: tuple[UseRule, ...] = ()
    path: tuple[HopRule, ...] = ()
    availability: tuple[AvailabilityRow, ...] = ()
    """Empty: neither a request nor a scheduled run waits for it. The first row that applies counts."""
    capacity_rps: Expression | None = None
    """Requests a second that the largest size carries."""
    quotas: tuple[Quota, ...] = ()
    recovery: Recovery | None = None
    claims: tuple[Claim, ...]

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every name that its formulas read."""
        found: set[str] = set()
        parts: list[Formula | Text | None] = [self.capacity_rps]
        parts += [rule.when for rule in self.exclusions]
        parts += self.sizing.let.values()
        parts += [part for fit in self.sizing.fits for part in (fit.holds, fit.reason)]
        parts += self.sizing.size.values()
        parts += [part for use in self.uses for part in (use.price, use.quantity, use.formula, use.when)]
        parts += [part for hop in self.path for part in (hop.ms, hop.when)]
        parts += [part for row in self.availability for part in (row.pct, row.when)]
        parts += [quota.needs for quota in self.quotas]
        if self.recovery is not None:
            parts += [self.recovery.rpo_minutes, self.recovery.rto_minutes]
        for part in parts:
            if part is not None:
                found |= part.names
        return frozenset(found)


class Catalogue(Value):
    """Every option there is to choose from, and the figures that they rest on."""

    options: tuple[Option, ...]
    figures: tuple[Figure, ...]
    loads: dict[str, Load]
    """By task."""
    schema_name: Literal["planning-catalogue/2"] = "planning-catalogue/2"

    @cached_property
    def sha256(self) -> str:
        """Digest of the whole catalogue; recorded in each plan."""
        return digest(self)

    @cached_property
    def assumptions(self) -> dict[str, float]:
        """Name → value of every figure."""
        return {figure.name: figure.value for figure in self.figures}

    def check_assumption(self, name: str, value: float) -> float:
        """A changed value of an assumption.

        Raises:
            AssumptionInvalid: no such assumption, or a value outside of its range.
        """
        figure = next((figure for figure in self.figures if figure.name == name), None)
        if figure is None:
            known = ", ".join(figure.name for figure in self.figures)
            raise AssumptionInvalid(f"There is no assumption {name!r}.", advice=f"Assumptions are: {known}.")
        if not figure.low <= value <= figure.high:
            raise AssumptionInvalid(
                f"{name} takes a number from {figure.low:g} to {figure.high:g} ({figure.unit}), not {value:g}."
            )
        return float(value)

    @cached_property
    def _by_slot(self) -> dict[Slot, tuple[Option, ...]]:
        found: dict[Slot, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.slot, []).append(option)
        return {slot: tuple(options) for slot, options in found.items()}

    def of_slot(self, slot: Slot) -> tuple[Option, ...]:
        """The options of a slot, in catalogue order."""
        return self._by_slot.get(slot, ())

    def find(self, slot: Slot, option_id: str) -> Option | None:
        """The option with this id in the slot, if there is one."""
        return next((o for o in self.of_slot(slot) if o.id == option_id), None)
