"""Checks a gate decision against its request, before it is taken."""

from typing import Any, get_args

from libs.core.clock import Clock
from libs.core.errors import Invalid
from libs.intake.answers import validate_value
from libs.intake.models import FieldName
from libs.planning.catalogue.models import Catalogue
from libs.planning.policies.packs import Policies
from libs.runs.errors import DecisionInvalid
from libs.runs.models import Edits, GateDecision, GateRequest
from libs.workflow.waiving import checked_waivers, checked_withdrawals

FIELDS: tuple[str, ...] = get_args(FieldName)


class DesignDecisions:
    """The rules of both gates."""

    def __init__(self, catalogue: Catalogue, policies: Policies, clock: Clock) -> None:
        """
        Args:
            catalogue: the options that there are.
            policies: the rules that there are.
            clock: says from which day on a waiver has to hold.
        """
        self._catalogue = catalogue
        self._policies = policies
        self._clock = clock

    def __call__(self, request: GateRequest, decision: GateDecision) -> GateDecision:
        """The decision with normalised values.

        Raises:
            DecisionInvalid: an unknown field or option, one that no repository can be written with, a wrong type,
                a slot that the design does not have, a waiver that cannot be given or withdrawn, or nothing where
                something is needed. Where one field is wrong, the fact `field` names it.
        """
        match decision.decision:
            case "respond":
                if not decision.answers and not decision.text.strip():
                    raise _invalid("A response needs answers or a text.")
            case "edit":
                if decision.edits == Edits() and not decision.waivers and not decision.withdrawn:
                    raise _invalid(
                        "An edit needs constraints, components, assumptions, waivers or withdrawn waivers."
                    )
                for slot, option in decision.edits.components.items():
                    self._check_written(slot, self._option(slot, option))
                    _check_slot(slot, request, decision.edits)
            case "reject":
                if decision.revise and not decision.comment.strip():
                    raise _invalid(
                        "To be planned again the rejection needs a comment that says what to change."
                    )
            case "approve":
                pass
        checked_withdrawals(request, decision)
        return decision.model_copy(
            update={
                "answers": {f: _value(f, v) for f, v in decision.answers.items()},
                "edits": self.edits(decision.edits),
                "waivers": checked_waivers(request, decision, self._policies, self._clock.now().date()),
            }
        )

    def edits(self, edits: Edits) -> Edits:
        """The edits with normalised values; what no repository can be written with may be tried.

        Raises:
            DecisionInvalid: an unknown field, option or assumption, or a wrong value.
        """
        return Edits(
            constraints={f: None if v is None else _value(f, v) for f, v in edits.constraints.items()},
            components={s: self._option(s, o) for s, o in edits.components.items()},
            assumptions={n: self._assumption(n, v) for n, v in edits.assumptions.items()},
        )

    def _assumption(self, name: str, value: float | None) -> float | None:
        try:
            return None if value is None else self._catalogue.check_assumption(name, value)
        except Invalid as error:
            raise _invalid(error.message, error.advice, field=name) from error

    def _option(self, slot: str, option: str) -> str:
        known = [o.id for o in self._catalogue.options if o.slot == slot]
        if option not in known:
            offered = ", ".join(known) or "no option"
            raise _invalid(f"Slot {slot!r} has no option {option!r}; it has: {offered}.", field=slot)
        return option

    def _check_written(self, slot: str, option: str) -> None:
        options = [o for o in self._catalogue.options if o.slot == slot]
        written = [o.id for o in options if o.generated]
        if written and option not in written:
            raise _invalid(
                f"No repository can be written with {option} yet; for {slot} it can with: {', '.join(written)}.",
                "Nothing was decided; the gate still waits. What it would cost can be tried with `runs try`.",
                field=slot,
            )


def _check_slot(slot: str, request: GateRequest, edits: Edits) -> None:
    """Changed constraints may bring a slot that the shown design does not have; nothing else does."""
    slots = request.shown.get("components")
    if slots is not None and slot not in slots and not edits.constraints:
        raise _invalid(f"This design has no slot {slot!r}; it has: {', '.join(slots)}.", field=slot)


def _value(field: str, value: Any) -> Any:
    if field not in FIELDS:
        raise _invalid(f"There is no field {field!r}. Fields are: {', '.join(FIELDS)}.", field=field)
    try:
        return validate_value(field, value)  # type: ignore[arg-type]
    except Invalid as error:
        raise _invalid(f"{field}: {error.message}", error.advice, field=field) from error


def _invalid(message: str, advice: str = "", **facts: Any) -> DecisionInvalid:
    return DecisionInvalid(message, advice=advice or "Nothing was decided; the gate still waits.", **facts)
