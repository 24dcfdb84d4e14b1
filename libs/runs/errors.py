"""What can go wrong with runs and gates."""

from libs.core.errors import Conflict, Invalid, NotFound


class RunNotFound(NotFound):
    """There is no such run."""

    code = "runs.run_not_found"


class NoGateWaiting(NotFound):
    """No gate of that decision set waits for a decision."""

    code = "runs.no_gate_waiting"


class GateAlreadyDecided(Conflict):
    """Someone decided this gate before."""

    code = "runs.gate_already_decided"


class GateChanged(Conflict):
    """What the gate shows changed since it was read."""

    code = "runs.gate_changed"


class DecisionNotOffered(Invalid):
    """The gate does not offer that decision."""

    code = "runs.decision_not_offered"


class DecisionInvalid(Invalid):
    """The decision does not fit the gate."""

    code = "runs.decision_invalid"


class IdempotencyKeyReused(Invalid):
    """The Idempotency-Key was used before with another request."""

    code = "runs.idempotency_key_reused"


class RunNotRetryable(Conflict):
    """The run did not break off, so there is nothing to go on with."""

    code = "runs.not_retryable"


class RunIsFinal(Conflict):
    """The run has ended already."""

    code = "runs.run_is_final"
