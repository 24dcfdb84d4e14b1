"""The one evaluator: every rule of every pack on a plan and on what was generated from it."""

from collections.abc import Collection
from datetime import date

from libs.core.values import Json
from libs.planning.models import Plan, PolicyResult
from libs.planning.policies.judging import judge, plan_input
from libs.planning.policies.packs import load_packs
from libs.planning.policies.rules import Pack
from libs.planning.policies.waivers import WaiverEntry


def evaluate_policies(
    plan: Plan,
    packs: Collection[Pack] | None = None,
    *,
    terraform: Json | None = None,
    repository: Collection[str] | None = None,
    waivers: tuple[WaiverEntry, ...] = (),
    as_of: date | None = None,
) -> tuple[PolicyResult, ...]:
    """The results of every rule, one for each fault; `fail` blocks.

    A pure function of its arguments: it may be called from several threads.

    Args:
        plan: the plan to look at.
        packs: the packs in force; those shipped with the product when left out.
        terraform: what `terraform_input` made of the generated files; None while nothing is generated.
        repository: paths of the generated repository; None while nothing is generated.
        waivers: who accepts which failure, until when.
        as_of: the day on which waivers are looked at; the day of the estimate when left out.
    """
    return judge(
        plan_input(plan),
        load_packs().packs if packs is None else packs,
        as_of=as_of or plan.cost.as_of,
        terraform=terraform,
        repository=repository,
        waivers=waivers,
    )


def blocking(results: tuple[PolicyResult, ...]) -> tuple[PolicyResult, ...]:
    """The results that stop a plan."""
    return tuple(result for result in results if result.outcome == "fail")
