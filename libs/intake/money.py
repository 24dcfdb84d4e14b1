"""Sums of money with currency and period, in US dollars a month."""

import re
from dataclasses import dataclass, replace

from libs.intake.brief import Brief
from libs.intake.numbers import Number

USD_PER: dict[str, float] = {
    "USD": 1.0,
    "EUR": 1.10,
    "GBP": 1.30,
    "CAD": 0.72,
    "AUD": 0.65,
    "CHF": 1.12,
    "INR": 0.012,
    "JPY": 0.0067,
    "SEK": 0.095,
    "NOK": 0.093,
    "DKK": 0.147,
    "PLN": 0.25,
    "BRL": 0.18,
    "SGD": 0.74,
    "NZD": 0.60,
    "MXN": 0.055,
}
"""Fixed planning rates: a budget is a limit in round figures, not an accounting entry."""

_WORDS = (
    (r"ca\$|cad|can\$|canadian dollars?", "CAD"),
    (r"a\$|aud|australian dollars?", "AUD"),
    (r"nz\$|nzd", "NZD"),
    (r"s\$|sgd", "SGD"),
    (r"r\$|brl|reais|real", "BRL"),
    (r"us\$|usd|us dollars?|u\.s\. dollars?|dollars?|dolares?|dollar|bucks|\$", "USD"),
    (r"€|eur|euros?", "EUR"),
    (r"£|gbp|pounds?(?: sterling)?|quid", "GBP"),
    (r"chf|sfr|swiss francs?|franken|francs suisses", "CHF"),
    (r"₹|inr|rupees?", "INR"),
    (r"¥|jpy|yen", "JPY"),
    (r"sek", "SEK"),
    (r"nok", "NOK"),
    (r"dkk", "DKK"),
    (r"pln|zl|zloty", "PLN"),
    (r"mxn", "MXN"),
)
_AHEAD = tuple((re.compile(rf"(?<![a-z])(?:{pattern})\s?[~]?\s?$"), code) for pattern, code in _WORDS)
_BEHIND = tuple((re.compile(rf"\s?(?:{pattern})(?![a-z])"), code) for pattern, code in _WORDS)
_GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MONTHS_IN = {"month": 1.0, "year": 12.0, "quarter": 3.0, "week": 12 / 52, "day": 12 / 365}
_PERIODS = (
    (
        "month",
        (
            r"(?:/|per|a|an|each|every|in a|im|pro|al|por|cada|par|chaque|for each|for one|for a|in one|per "
            r"calendar)\s*(?:mo|mth|month|monat|mes|mois)\b|mo\b|monthly|p\.?m\.|"
            r"\bpcm\b|monatlich\w*|mensual\w*|mensuel\w*|jeden monat|month-on-month|/m\b"
        ),
    ),
    (
        "year",
        (
            r"(?:/|per|a|an|each|every|in a|im|pro|al|por|par|chaque)\s*(?:yr|y|year|annum|jahr|ano|"
            r"an|annee)\b|yearly|annual\w*|p\.?\s?a\.?(?=\W|$)|"
            r"jahrlich\w*|anual\w*|annuel\w*"
        ),
    ),
    ("quarter", r"(?:/|per|a|each|every|pro|im|por|par)\s*(?:quarter|quartal|trimestre)\b|quarterly"),
    ("week", r"(?:/|per|a|each|every|pro|por|par|a la)\s*(?:wk|week|woche|semana|semaine)\b|weekly"),
    ("day", r"(?:/|per|a|each|every|pro|am|al|por|par)\s*(?:day|tag|dia|jour)\b"),
)
_PERIOD_PATTERNS = tuple((name, re.compile(rf"(?<![a-z])(?:{pattern})")) for name, pattern in _PERIODS)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as written."""

    number: Number
    currency: str | None
    period: str | None
    start: int
    end: int

    def usd_per_month(self, amount: float | None = None) -> float:
        """The sum (or another amount on the same terms) in US dollars a month."""
        value = self.number.value if amount is None else amount
        return value * USD_PER[self.currency or "USD"] / _MONTHS_IN[self.period or "month"]


def money_of(brief: Brief, number: Number) -> Money | None:
    """The sum a number stands for, when a currency or at least a period goes with it."""
    if _GROUPED.fullmatch(brief.text, number.start, number.end):
        # Nobody writes tenths of a cent: `1.500 €` is fifteen hundred in any language.
        number = replace(number, value=float(brief.text[number.start : number.end].replace(".", "")))
    start, end = number.start, number.end
    currency: str | None = None
    before = brief.text[max(0, start - 20) : start]
    for pattern, code in _AHEAD:
        match = pattern.search(before)
        if match:
            currency, start = code, start - (len(before) - match.start())
            break
    if currency is None or currency == "USD":
        behind = brief.text[end : end + 25]
        for pattern, code in _BEHIND:
            match = pattern.match(behind)
            if match:
                currency, end = code, end + match.end()
                break
    period, end = _period_behind(brief, end)
    if currency is None and period is None:
        return None
    return Money(number, currency, period, start, end)


def _period_behind(brief: Brief, end: int) -> tuple[str | None, int]:
    behind = brief.after(end, 34)
    for name, pattern in _PERIOD_PATTERNS:
        match = pattern.search(behind)
        # Only what belongs to the sum: nothing but small words may stand between.
        if match and re.fullmatch(r"[\s,(]*(?:[a-z]+\s){0,2}\s*", behind[: match.start()]):
            return name, end + match.end()
    return None, end


def period_in(text: str) -> str | None:
    """The period a statement speaks of anywhere."""
    for name, pattern in _PERIOD_PATTERNS[:2]:
        if pattern.search(text):
            return name
    return None
