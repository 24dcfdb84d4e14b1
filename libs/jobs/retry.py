"""When to try again, as a value."""

from libs.core.values import Value


class Retry(Value):
    """Exponential pauses with jitter, up to a number of attempts."""

    max_attempts: int = 3
    base_s: float = 1.0
    """Pause after the first failure."""
    cap_s: float = 60.0
    """Longest pause before jitter."""
    jitter: float = 0.2
    """Largest share by which a pause is lengthened, so that failures do not return in step."""

    def pause_s(self, attempts: int, chance: float) -> float:
        """The pause after so many attempts; `chance` in [0, 1) decides the jitter."""
        exponent = min(max(attempts - 1, 0), 30)
        return float(min(self.base_s * 2.0**exponent, self.cap_s)) * (1.0 + self.jitter * chance)
