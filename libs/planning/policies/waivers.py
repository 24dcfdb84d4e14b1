"""Waivers: who accepts which failure, why, and until when."""

from datetime import date

from pydantic import Field

from libs.core.values import Value
from libs.planning.models import PolicyResult, Waiver


class WaiverEntry(Value):
    """One entry of `waivers.yaml`; what is left out makes it useless, and that is shown at the result."""

    rule: str = Field(min_length=1)
    """`pack.rule`."""
    owner: str = ""
    reason: str = ""
    expires: date | None = None
    """The last day on which it holds."""
    resource: str = ""
    """The one slot or Terraform address it is for; empty: all that the rule finds."""

    def covers(self, result: PolicyResult) -> bool:
        """Whether it speaks of this result."""
        return self.rule == result.rule and self.resource in ("", result.resource, result.slot or "")

    def fault(self, as_of: date) -> str:
        """Why it does not hold; empty when it does."""
        missing = [name for name in ("owner", "reason") if not getattr(self, name).strip()]
        if self.expires is None:
            missing.append("expiry")
        if missing:
            return f"a waiver without {' and '.join(missing)} does not hold"
        if self.expires is not None and self.expires < as_of:
            return f"the waiver of {self.owner} expired on {self.expires.isoformat()}"
        return ""


def waived(result: PolicyResult, waivers: tuple[WaiverEntry, ...], as_of: date) -> PolicyResult:
    """A failure that a waiver covers becomes a warning that carries it; one that does not hold is named."""
    if result.outcome not in ("fail", "warn"):
        return result
    faults: list[str] = []
    for entry in waivers:
        if not entry.covers(result):
            continue
        fault = entry.fault(as_of)
        if not fault and entry.expires is not None:
            waiver = Waiver(
                owner=entry.owner, reason=entry.reason, expires=entry.expires, resource=entry.resource
            )
            return result.model_copy(update={"outcome": "warn", "waiver": waiver})
        faults.append(fault)
    if faults:
        return result.model_copy(update={"evidence": f"{result.evidence} ({'; '.join(faults)})"})
    return result


def told(waiver: Waiver | WaiverEntry) -> str:
    """A waiver that holds as a sentence."""
    until = waiver.expires.isoformat() if waiver.expires else "an unknown day"
    return f"{waiver.owner} accepts it until {until}: {waiver.reason}"
