"""Cron expressions, told as the rhythm they stand for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise

from cronsim import CronSim, CronSimError

_FIELD = r"(?:\*|\?|[\d*,/-]+|[a-z]{3}(?:[-,][a-z]{3})*)"
_EXPRESSION = re.compile(rf"(?<![\w*/-])(?:[\d*][\d*,/-]*)(?:[ ]+{_FIELD}){{4}}(?![\w*/-])")
_FROM = datetime(2026, 1, 1, tzinfo=UTC)
_RHYTHMS = (
    (timedelta(hours=1), "hourly"),
    (timedelta(hours=13), "several_times_daily"),
    (timedelta(days=2), "daily"),
    (timedelta(days=15), "weekly"),
    (timedelta(days=32), "monthly"),
    (timedelta(days=93), "quarterly"),
)


def find_expressions(text: str) -> Iterator[tuple[str, int, int]]:
    """Rhythm, start and end of every valid expression; none for what runs less than four times a year."""
    for match in _EXPRESSION.finditer(text):
        rhythm = _rhythm(match.group().replace("?", "*"))
        if rhythm:
            yield rhythm, *match.span()


@lru_cache(maxsize=256)
def _rhythm(expression: str) -> str:
    try:
        times = list(islice(CronSim(expression, _FROM), 8))
    except CronSimError:
        return ""
    if len(times) < 2:
        return ""
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    # On working days only is still daily: the weekend is the one longer gap.
    usual = gaps[len(gaps) // 2]
    return next((name for limit, name in _RHYTHMS if usual <= limit), "")
