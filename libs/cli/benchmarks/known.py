"""What the pure functions start from: the requirements behind each brief, the catalogue and the prices."""

from functools import cache

from libs.cli.benchmarks.briefs import AS_OF, BRIEFS
from libs.cli.benchmarks.models import MeasurementFailed
from libs.intake.extraction import extract
from libs.intake.models import Constraint
from libs.planning import solver
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import Infeasible, Plan, Requirements
from libs.planning.policies.packs import load_packs
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.workflow.deps import Knowledge


@cache
def knowledge() -> Knowledge:
    """Catalogue and prices, loaded once."""
    return Knowledge(load_catalogue(), load_prices(), load_packs())


def constraints(kind: str) -> tuple[Constraint, ...]:
    """What the brief of this archetype says."""
    return extract(BRIEFS[kind]).constraints


def requirements(kind: str) -> tuple[Requirements, tuple[Constraint, ...]]:
    """What has to hold, and the defaults behind it."""
    return resolve(constraints(kind), AS_OF)


def plan(kind: str) -> Plan:
    """The best design for the brief.

    Raises:
        MeasurementFailed: nothing fits any more.
    """
    needs, _ = requirements(kind)
    found = solver.plan(
        needs, knowledge().catalogue, knowledge().prices, as_of=AS_OF, written_only=knowledge().written_only
    )
    if isinstance(found, Infeasible):
        raise MeasurementFailed(f"Nothing fits the brief for {kind}: {found.message}")
    return found
