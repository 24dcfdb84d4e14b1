"""Reads the waivers that a person gives at a gate on the command line."""

from collections.abc import Sequence
from datetime import date

from libs.core.errors import Invalid
from libs.runs.models import GateWaiver


def read_waivers(rules: Sequence[str], reason: str, until: str) -> tuple[GateWaiver, ...]:
    """One waiver for each rule, all for the same reason and until the same day.

    Raises:
        Invalid: a reason or a day is missing, there is no such day, or nothing is waived with them.
    """
    if not rules:
        if reason or until:
            raise Invalid("Name the failing rule with --waive.", advice="Nothing was decided.")
        return ()
    if not reason.strip() or not until:
        raise Invalid(
            "A waiver needs a reason and a last day.", advice="Nothing was decided. Add --reason and --until."
        )
    try:
        expires = date.fromisoformat(until)
    except ValueError as error:
        raise Invalid(
            f"{until!r} is no day.", advice="Nothing was decided. Write --until YYYY-MM-DD."
        ) from error
    return tuple(GateWaiver(rule=rule, reason=reason, expires=expires) for rule in rules)
