"""What the catalogue says about an option: where it fits, what it claims, and on whose word."""

from datetime import date
from functools import cached_property
from typing import Literal

from libs.core.values import Value, digest
from libs.intake.models import Compliance, DataClass, Deployment, FieldName, MlTask, TrainingFrequency
from libs.planning.models import Archetype, Requirements, Slot


class Claim(Value):
    """A statement with its source."""

    text: str
    source: str
    date: date | None
    """When the source was dated or read; None when it carries no date."""


class LatencyModel(Value):
    """What the option adds to the path of one request."""

    hop: str
    p95_ms: float
    """Fixed part; the sizing adds model inference and cold starts."""
    basis: str


class AvailabilityClaim(Value):
    """Availability of the option as part of the request path or of the scheduled run."""

    pct: float
    """With the redundancy that the sizing gives it when the target asks for it."""
    single_pct: float | None = None
    """With a single replica, where the option can be sized that way."""
    claim: Claim


class When(Value):
    """A condition on the requirements; every part that is given must hold."""

    field: FieldName
    """The constraint that is named when the rule rejects the option."""
    archetypes: tuple[Archetype, ...] = ()
    compliance: tuple[Compliance, ...] = ()
    data_classification: tuple[DataClass, ...] = ()
    ml_task: tuple[MlTask, ...] = ()
    training_frequency: tuple[TrainingFrequency, ...] = ()
    streaming: bool | None = None
    gpu_needed: bool | None = None

    def holds(self, needs: Requirements) -> bool:
        """Whether the condition holds for these requirements."""
        return (
            (not self.archetypes or needs.archetype in self.archetypes)
            and (not self.compliance or bool(set(self.compliance) & set(needs.compliance)))
            and (not self.data_classification or needs.data_classification in self.data_classification)
            and (not self.ml_task or needs.ml_task in self.ml_task)
            and (not self.training_frequency or needs.training_frequency in self.training_frequency)
            and (self.streaming is None or needs.streaming == self.streaming)
            and (self.gpu_needed is None or needs.gpu_needed == self.gpu_needed)
        )


class Exclusion(Value):
    """A hard rule: the option must not be chosen when the condition holds."""

    when: When
    reason: str


class Pairing(Value):
    """This option works only with one of the named options of another slot."""

    slot: Slot
    options: tuple[str, ...]
    reason: str


class Attributes(Value):
    """Facts that policies look at."""

    encrypted_at_rest: bool = True
    encrypted_in_transit: bool = True
    customer_managed_keys: bool = True
    """Whether the option can be encrypted with keys the customer manages."""
    private_data_path: bool = True
    """Whether requests and data can stay on private addresses."""
    compliance: tuple[Compliance, ...] = ()
    """Programmes whose scope the service is in, by the provider's list."""


class Option(Value):
    """One way to fill a slot."""

    id: str
    slot: Slot
    title: str
    summary: str
    """Why one takes it, in one sentence."""
    archetypes: tuple[Archetype, ...]
    sizing: str
    """Name of the sizing rule."""
    latency: LatencyModel | None = None
    availability: AvailabilityClaim | None = None
    """None: neither a request nor a scheduled run waits for it."""
    ops_hours_month: float
    deployment: tuple[Deployment, ...] = ()
    """Deployment preferences it satisfies; only the serve slot is held to one."""
    attributes: Attributes
    regions: tuple[str, ...] = ()
    """Empty: every region that can be priced."""
    exclusions: tuple[Exclusion, ...] = ()
    requires: tuple[Pairing, ...] = ()
    claims: tuple[Claim, ...]


class Catalogue(Value):
    """Every option there is to choose from."""

    options: tuple[Option, ...]
    schema_name: Literal["planning-catalogue/1"] = "planning-catalogue/1"

    @cached_property
    def sha256(self) -> str:
        """Digest of the whole catalogue; recorded in each plan."""
        return digest(self)

    def of_slot(self, slot: Slot) -> tuple[Option, ...]:
        """The options of a slot, in catalogue order."""
        return tuple(option for option in self.options if option.slot == slot)

    def find(self, slot: Slot, option_id: str) -> Option | None:
        """The option with this id in the slot, if there is one."""
        return next((o for o in self.options if o.slot == slot and o.id == option_id), None)
