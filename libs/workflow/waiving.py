"""Failing rules that a person accepts at a gate: what may be waived, and what becomes of it in the run."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from libs.core.values import Json
from libs.planning.policies.packs import Policies
from libs.planning.policies.waivers import WaiverEntry
from libs.runs.errors import DecisionInvalid
from libs.runs.models import GateDecision, GateRequest, GateWaiver

LONGEST_DAYS = 365
"""How far ahead a waiver may expire: a risk that is accepted for longer is a rule to be changed."""
ARTIFACT = "waivers.json"
"""Where a version keeps the waivers that were given at its gates and hold."""


def checked_waivers(
    request: GateRequest, decision: GateDecision, policies: Policies, today: date
) -> tuple[GateWaiver, ...]:
    """The waivers of a decision, their reasons without surrounding spaces.

    Args:
        request: what the gate shows: its failing rules, those waived before, and the recorded day.
        decision: what somebody sent.
        policies: the packs in force.
        today: the day on which it was sent.

    Raises:
        DecisionInvalid: its `field` says what is wrong: an unknown rule, one that does not fail here or is named
            twice, no reason, an expiry in the past or too far ahead, or a decision that takes no waivers.
    """
    if not decision.waivers:
        return ()
    if decision.decision != "edit" or request.kind != "final":
        raise _invalid(
            "waivers", "A failing rule can be waived with the decision `edit` at the final gate only."
        )
    known = {f"{pack.id}.{rule.id}" for pack in policies.packs for rule in pack.rules}
    waivable = waivable_rules(request)
    # A design may be judged by another day than today's; a waiver has to hold on both.
    first = max(today, date.fromisoformat(request.shown.get("as_of", today.isoformat())))
    checked: list[GateWaiver] = []
    for position, waiver in enumerate(decision.waivers):
        field = f"waivers.{position}"
        if waiver.rule not in known:
            raise _invalid(f"{field}.rule", f"There is no rule {waiver.rule!r}.")
        if waiver.rule not in waivable:
            raise _invalid(
                f"{field}.rule",
                f"The rule {waiver.rule} does not fail here. Failing: {', '.join(waivable) or 'none'}.",
            )
        if any(waiver.rule == other.rule for other in checked):
            raise _invalid(f"{field}.rule", f"The rule {waiver.rule} is waived twice.")
        if not waiver.reason.strip():
            raise _invalid(f"{field}.reason", f"A waiver of {waiver.rule} needs a reason.")
        _check_expiry(f"{field}.expires", waiver.expires, first)
        checked.append(waiver.model_copy(update={"reason": waiver.reason.strip()}))
    return tuple(checked)


def checked_withdrawals(request: GateRequest, decision: GateDecision) -> None:
    """Looks whether every waiver that a decision withdraws is one of the gate.

    Raises:
        DecisionInvalid: its `field` says what is wrong: a rule that is not waived here or is named twice, one that
            the decision waives as well, or a decision that withdraws nothing.
    """
    if not decision.withdrawn:
        return
    if decision.decision != "edit" or request.kind != "final":
        raise _invalid(
            "withdrawn", "A waiver can be withdrawn with the decision `edit` at the final gate only."
        )
    waived = [waiver["rule"] for waiver in request.shown.get("waivers", [])]
    renewed = {waiver.rule for waiver in decision.waivers}
    for position, rule in enumerate(decision.withdrawn):
        field = f"withdrawn.{position}"
        if rule not in waived:
            named = ", ".join(waived) or "none"
            raise _invalid(field, f"The rule {rule} is not waived for this design. Waived: {named}.")
        if rule in decision.withdrawn[:position]:
            raise _invalid(field, f"The waiver of {rule} is withdrawn twice.")
        if rule in renewed:
            raise _invalid(field, f"The rule {rule} cannot be waived and its waiver withdrawn at once.")


def waivable_rules(request: GateRequest) -> list[str]:
    """Rules that fail at this gate, and those waived at one before, whose waiver may be renewed."""
    shown = request.shown
    return [*shown.get("failing_rules", []), *(waiver["rule"] for waiver in shown.get("waivers", []))]


def given(waivers: Sequence[Json]) -> tuple[WaiverEntry, ...]:
    """Waivers out of a state or an artifact."""
    return tuple(WaiverEntry.model_validate(waiver) for waiver in waivers)


def with_waivers(
    before: Sequence[Json], waivers: Sequence[Json], owner: str, withdrawn: Collection[str] = ()
) -> list[Json]:
    """The waivers of a run after a decision; a new one takes the place of an earlier one for the same rule.

    Args:
        before: those so far.
        waivers: those of the decision.
        owner: whoever took the decision.
        withdrawn: rules whose waiver holds no longer.
    """
    made = [WaiverEntry.model_validate({**waiver, "owner": owner}).to_json() for waiver in waivers]
    gone = {waiver["rule"] for waiver in made}.union(withdrawn)
    return [*(waiver for waiver in before if waiver["rule"] not in gone), *made]


def still_holding(waivers: Sequence[Json], as_of: date) -> list[Json]:
    """Those that have not expired on that day."""
    return [waiver.to_json() for waiver in given(waivers) if not waiver.fault(as_of)]


def _check_expiry(field: str, expires: date, first: date) -> None:
    last = first + timedelta(days=LONGEST_DAYS)
    if expires < first:
        raise _invalid(field, f"The waiver would have expired on {expires}; the earliest day is {first}.")
    if expires > last:
        raise _invalid(field, f"A waiver holds for at most {LONGEST_DAYS} days; the last day is {last}.")


def _invalid(field: str, message: str) -> DecisionInvalid:
    return DecisionInvalid(message, advice="Nothing was decided; the gate still waits.", field=field)
