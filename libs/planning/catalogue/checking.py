"""What a catalogue must hold as a whole: known names, claims, pairings, free quantities in one slot, values for all."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, NoReturn

from libs.core.yaml_documents import Document
from libs.planning import demand, sizing
from libs.planning.catalogue import samples
from libs.planning.catalogue.formulas import Formula, Text
from libs.planning.catalogue.models import Catalogue, Option
from libs.planning.errors import CatalogueUnusable
from libs.planning.models import SLOTS, Slot

Place = tuple[str | int, ...]


class Read(NamedTuple):
    """A part of a file: its formulas, and the names that they may read."""

    place: Place
    parts: tuple[Formula | Text, ...]
    known: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Names that the formulas read."""
        return frozenset().union(*(part.names for part in self.parts))


class ValueRefused(ValueError):
    """A formula gives what cannot be."""

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(reason)
        self.place = place


def check(catalogue: Catalogue, documents: Mapping[str, Document]) -> None:
    """Refuses a catalogue that cannot hold.

    Args:
        catalogue: typed, as read.
        documents: the files of the options by path, for the line of a mistake.

    Raises:
        CatalogueUnusable: names file, line and reason.
    """
    base = frozenset(demand.names(samples.SAMPLES[0], catalogue))
    for option in catalogue.options:
        path = f"options/{option.slot}/{option.id}.yaml"
        _check_option(path, documents[path], catalogue, option)
        _check_names(path, documents[path], option, base)
        _check_values(path, documents[path], option, catalogue)
    for slot in SLOTS:
        if len(catalogue.of_slot(slot)) < 2:
            raise CatalogueUnusable(
                f"options/{slot}: a slot needs at least two options", file=f"options/{slot}"
            )
    _check_free(catalogue, documents)


def _refuse(path: str, document: Document, place: Place, reason: str) -> NoReturn:
    line = document.line(place)
    raise CatalogueUnusable(f"{path}, line {line}: {reason}", file=path, line=line)


def _check_option(path: str, document: Document, catalogue: Catalogue, option: Option) -> None:
    if not option.archetypes:
        _refuse(path, document, ("archetypes",), "the option fits no archetype")
    if option.ops_hours_month < 0:
        _refuse(path, document, ("ops_hours_month",), "ops_hours_month is negative")
    if not option.claims:
        _refuse(path, document, ("claims",), "no claim with a source")
    for place, index in _claims_used(option):
        if not 0 <= index < len(option.claims):
            _refuse(path, document, place, f"there is no claim {index}")
    for number, pairing in enumerate(option.requires):
        for slot, other in pairing.partners:
            if catalogue.find(slot, other) is None:
                place = ("requires", number, "options" if slot == pairing.slot else "unless")
                _refuse(path, document, place, f"requires {other}, which slot {slot} does not have")
    if option.facts.internet_egress and option.slot != "network" and not _led_out(catalogue, option):
        reason = "needs a way out to the Internet and does not require a network that has one"
        _refuse(path, document, ("facts", "internet_egress"), reason)


def _led_out(catalogue: Catalogue, option: Option) -> bool:
    """Whether the option is held to networks with a way out."""
    ways = {network.id for network in catalogue.of_slot("network") if network.facts.internet_egress}
    return any(
        pairing.slot == "network" and not pairing.unless and ways.issuperset(pairing.options)
        for pairing in option.requires
    )


def _claims_used(option: Option) -> Iterator[tuple[Place, int]]:
    for number, row in enumerate(option.availability):
        yield ("availability", number, "claim"), row.claim
    for number, quota in enumerate(option.quotas):
        yield ("quotas", number, "claim"), quota.claim
    if option.recovery is not None:
        yield ("recovery", "claim"), option.recovery.claim


def _check_names(path: str, document: Document, option: Option, base: frozenset[str]) -> None:
    for read in _reads(option, base):
        missing = sorted(read.names - read.known)
        if missing:
            _refuse(path, document, read.place, f"unknown name {', '.join(missing)}")


def _reads(option: Option, base: frozenset[str]) -> Iterator[Read]:
    def read(place: Place, known: frozenset[str], *parts: Formula | Text | None) -> Read:
        return Read(place, tuple(part for part in parts if part is not None), known)

    for number, rule in enumerate(option.exclusions):
        yield read(("exclusions", number), base, rule.when)
    sizing = option.sizing
    rows = [frozenset(choice) for choice in sizing.choices]
    known = base | frozenset.intersection(*rows) | ({"replicas"} if sizing.replicas else frozenset())
    for number, pairing in enumerate(option.requires):
        yield read(("requires", number), known, pairing.when)
    for name, value in sizing.let.items():
        yield read(("sizing", "let", name), known, value)
        known |= {name}
    for number, fit in enumerate(sizing.fits):
        yield read(("sizing", "fits", number), known, fit.holds, fit.reason)
    for name, value in sizing.size.items():
        yield read(("sizing", "size", name), known, value)
    known |= frozenset(sizing.size)
    for number, use in enumerate(option.uses):
        yield read(("uses", number), known, use.price, use.quantity, use.formula, use.when)
    for number, hop in enumerate(option.path):
        yield read(("path", number), known, hop.ms, hop.when)
    for number, row in enumerate(option.availability):
        yield read(("availability", number), known, row.pct, row.when)
    for number, quota in enumerate(option.quotas):
        yield read(("quotas", number), known, quota.needs)
    yield read(("capacity_rps",), known, option.capacity_rps)
    if option.recovery is not None:
        yield read(("recovery",), known, option.recovery.rpo_minutes, option.recovery.rto_minutes)


def _check_values(path: str, document: Document, option: Option, catalogue: Catalogue) -> None:
    """Evaluates every formula under typical requirements, so that mistakes of arithmetic are found at the start."""
    for needs in samples.SAMPLES:
        if needs.archetype not in option.archetypes:
            continue
        names = demand.names(needs, catalogue)
        try:
            sized = sizing.variants(option, names, demand.replica_floors(needs))
            if isinstance(sized, sizing.Unfit):
                continue
            for variant in sized:
                _evaluate(option, variant)
        except ValueRefused as error:
            _refuse(path, document, error.place, f"under {samples.told(needs)}: {error}")
        except (ArithmeticError, TypeError, ValueError, KeyError, CatalogueUnusable) as error:
            _refuse(path, document, _failing(option, names), f"under {samples.told(needs)}: {error}")


def _failing(option: Option, names: Mapping[str, object]) -> Place:
    """The first part that has no value under these names; the whole file where each has one."""
    for choice in option.sizing.choices:
        scope = {**names, "replicas": 1, **choice}
        for part in _reads(option, frozenset(scope)):
            try:
                values = [formula(scope) for formula in part.parts]
            except (ArithmeticError, TypeError, ValueError, KeyError, NameError):
                return part.place
            if part.place[:2] in (("sizing", "let"), ("sizing", "size")):
                scope[str(part.place[2])] = values[0]
    return ()


def _evaluate(option: Option, variant: sizing.Variant) -> None:
    names = variant.names
    for number, use in enumerate(option.uses):
        if use.when(names):
            use.price(names), use.formula(names)
            if not float(use.quantity(names)) >= 0:
                raise ValueRefused(("uses", number, "quantity"), f"{use.item}: the quantity is negative")
    for number, hop in enumerate(option.path):
        if hop.when(names) and not float(hop.ms(names)) >= 0:
            raise ValueRefused(("path", number, "ms"), f"{hop.hop}: the time is negative")
    for number, row in enumerate(option.availability):
        if row.when(names) and not 0 < float(row.pct(names)) <= 100:
            raise ValueRefused(("availability", number, "pct"), "the availability is no percentage")
    for quota in option.quotas:
        float(quota.needs(names))
    if option.capacity_rps is not None:
        float(option.capacity_rps(names))


def _check_free(catalogue: Catalogue, documents: Mapping[str, Document]) -> None:
    """Free quantities count once an account: were they free in two slots, a design would count them twice."""
    held: dict[str, Slot] = {}
    for option in catalogue.options:
        for number, use in enumerate(option.uses):
            slot = held.setdefault(use.price.template, option.slot) if use.free else option.slot
            if slot != option.slot:
                path = f"options/{option.slot}/{option.id}.yaml"
                reason = f"{use.price.template} is free in slot {slot} already"
                _refuse(path, documents[path], ("uses", number, "free"), reason)
