"""Time units behind numbers, in milliseconds."""

import re

from libs.intake.brief import Brief
from libs.intake.numbers import Number

_MS = {"ms": 1.0, "s": 1e3, "min": 6e4, "h": 3.6e6}
_UNIT = re.compile(
    r"[\s-]*(?:(?P<ms>ms|msecs?|millis(?:econd\w*)?|millisekunden?|milisegundos?|millisecondes?)"
    r"|(?P<s>s|secs?|seconds?|sekunden?|segundos?|secondes?|secondi)"
    r"|(?P<min>mins?|minutes?|minuten?|minutos?|minuti)"
    r"|(?P<h>h|hrs?|hours?|stunden?|horas?|heures?))\b"
)


def duration_ms(brief: Brief, number: Number) -> tuple[float, int] | None:
    """Milliseconds of a number with a time unit, and where the unit ends."""
    match = _UNIT.match(brief.text, number.end)
    if match is None:
        return None
    return number.value * _MS[match.lastgroup or "s"], match.end()
