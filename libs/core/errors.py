"""The seven kinds of failure, knowing nothing of HTTP; packages derive their own, doors translate them."""

from typing import Any, ClassVar


class ProductError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "core.error"

    def __init__(self, message: str | None = None, *, advice: str = "", **facts: Any) -> None:
        """
        Args:
            message: what happened, in one sentence; the class docstring's first line when left out.
            advice: what was kept and what to do next.
            facts: machine-readable details (ids, limits, who and when).
        """
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.advice = advice
        self.facts = facts
        super().__init__(self.message)


class Invalid(ProductError):
    """The input cannot be used as it is."""

    code = "core.invalid"


class NotFound(ProductError):
    """There is no such thing here."""

    code = "core.not_found"


class Unauthenticated(ProductError):
    """Who is asking is not known."""

    code = "core.unauthenticated"


class Forbidden(ProductError):
    """That is not allowed for this principal."""

    code = "core.forbidden"


class Conflict(ProductError):
    """Someone or something else was first."""

    code = "core.conflict"


class LimitReached(ProductError):
    """A limit was reached."""

    code = "core.limit_reached"


class Unavailable(ProductError):
    """Something this needs does not answer at the moment."""

    code = "core.unavailable"
