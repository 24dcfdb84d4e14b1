"""Sums of money with currency and period, in US dollars a month."""

import re
from dataclasses import dataclass, replace

from libs.intake.brief import Brief
from libs.intake.numbers import Number
from libs.intake.searching import expression

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
    (r"ca\$|c\$|cad|can\$|\$\s?ca(?:n|d)?|canadian dollars?|dollars canadiens", "CAD"),
    (r"a\$|aud|australian dollars?", "AUD"),
    (r"nz\$|nzd", "NZD"),
    (r"s\$|sgd", "SGD"),
    (r"r\$|brl|reais|real", "BRL"),
    (r"us\$|usd|us dollars?|u\.s\. dollars?|dol+[ae]rs?|dolares?|bucks|\$", "USD"),
    (r"t\s?€|t\s?eur|keur|m€|€|eur|euros?|eurs", "EUR"),
    (r"£|gbp|pounds?(?: sterling)?|quid", "GBP"),
    (r"chf|sfr\.?|fr\.|swiss francs?|francs?|franken|stutz|francs suisses|franchi(?: svizzeri)?", "CHF"),
    (r"₹|inr|rupees?", "INR"),
    (r"¥|jpy|yen", "JPY"),
    (r"sek", "SEK"),
    (r"nok", "NOK"),
    (r"dkk", "DKK"),
    (r"pln|zl|zloty", "PLN"),
    (r"mxn|mx\$|pesos? mexicanos?|pesos(?! (?:arg|col|chil|urug|fil|domin|cub))", "MXN"),
)
_AHEAD = tuple((re.compile(rf"(?<![a-z])(?:{pattern})\s?[~]?\s?$"), code) for pattern, code in _WORDS)
_ANY_AHEAD = expression(rf"(?<![a-z])(?:{'|'.join(pattern for pattern, _ in _WORDS)})\s?[~]?\s?$")
_BEHIND = tuple((re.compile(rf"(?:\s?|, )(?:{pattern})(?![a-z])"), code) for pattern, code in _WORDS)
_APART = expression(r"[\s,]{1,3}(?:\"?currency\"?|waehrung|moneda|devise)\s*[:=]\s*\"?(?P<code>[a-z]{3})\b")
_LEADING_CURRENCY = expression(
    r"\s*[#,;/(*-]+\s*(?:in |all |amounts? in )*(?P<code>usd|eur|gbp|chf|cad|aud|sek|inr|\$|€|£)(?![a-z])"
)
_KEY = expression(r"(?P<key>[a-z_.-]{3,40})[\"']?\s*[:=]\s*[\"']?$")
_KEY_CURRENCY = expression(r"(?:^|[_.-])(?P<code>usd|eur|gbp|chf|cad|aud|sek|inr)(?:$|[_.-])")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_THOUSANDS = expression(r"\s?t\s?(?:€|eur)")
_PERIOD_THEN_CURRENCY = expression(
    r",?\s*\(?(?:in |all in )?(?P<word>usd|us dollars|dollars|euros?|eur|pounds|gbp|chf|francs)\b"
)
_NO_CENTS = expression(r"[,.]\s?[-–—]+")
_GROUPED = expression(r"[1-9]\d{0,2}\.\d{3}")
_MONTHS_IN = {"month": 1.0, "year": 12.0, "quarter": 3.0, "week": 12 / 52, "day": 12 / 365}
_EACH = (
    r"(?:/\s?|per:|per|p\.|a|an|each|every|in an?|in each|im|in|pro|je|jeden|jedes|al|a la|por|cada|par|chaque|"
    r"for each|for one|for a|in one|of each|in any|any|through the|during the|over the|throughout the|"
    r"ao|ogni|all'|elke|the|of|du|del)\s*(?:calendar |contract |billing |"
    r"financial |fiscal |operating |service |academic |school |budget |running |single |one |given |whole |"
    r"laufenden |kalender-?)?"
)
_PERIODS = (
    (
        "month",
        (
            rf"{_EACH}(?:mo|mth|mnth|months?|monat|mes|mois|mese|maand)\b|mo\b|month(?:ly|s'?)\b|p\.?\s?m\.|p/m\b|"
            r"\bpcm\b|monatlich\w*|mensual\w*|mensuel\w*|mensil\w*|mensal\w*|maandelijks\w*|mtl\b|"
            r"month-on-month|/m\b"
        ),
    ),
    (
        "year",
        (
            rf"{_EACH}(?:yr|(?<![a-z])y|years?|annum|jahr|ano|an|annee|anno|jaar)\b|yearly|annual\w*|p\.?\s?a\.?(?=\W|$)|"
            r"jahrlich\w*|anual\w*|annuel\w*|annui?\b|jaarlijks\w*|/a\b|12 months"
        ),
    ),
    ("quarter", rf"{_EACH}(?:quarter|quartal|trimestre|kwartaal)\b|quarterly|trimestral\w*|trimestriel\w*"),
    ("week", rf"{_EACH}(?:wk|week|woche|semana|semaine|settimana)\b|weekly|wochentlich\w*"),
    ("day", rf"{_EACH}(?:day|tag|dia|jour|giorno|dag)\b|daily|taglich"),
)
_SPREAD = expression(
    r"\s*[^.;:]{0,40}?\b(?:over|for|across|fur|uber|auf|sur|pour|en|durante|para|per|voor) "
    r"(?:the |its |our |all |a |die |ses |los |nachsten )*(?:next |coming |first |project'?s )*"
    r"(?P<count>\d{1,2}|two|three|four|five|six|twelve|eighteen|zwei|drei|vier|funf|deux|trois|quatre|cinq|"
    r"dos|tres|cuatro|cinco|due|twee|drie)[ -](?P<unit>years?|months?|jahre?|monate?|ans|annees|mois|anos|"
    r"meses|"
    r"anni|mesi|jaar|maanden)\b"
)
_TERM_AHEAD = expression(
    r"\b(?:over|for|across|uber|fur|auf|sur|pour|en|durante|para|per|voor) (?:the |its |our |a |die |el |la |una? )?"
    r"(?:whole |entire |full |total )?"
    r"(?P<count>\d{1,2}|two|three|four|five|six|zwei|drei|vier|funf|deux|trois|quatre|cinq|"
    r"dos|tres|cuatro|cinco|due|twee|drie)[ -]?(?P<unit>years?|months?|jahrige\w*|ans|anos|anni|jaar\w*) "
    r"(?:term|period|contract|laufzeit|vertrag\w*|duree|contrat|plazo|contrato|contratto|looptijd)\b[^.;:$€£]{0,60}$"
)
_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "eighteen": 18, "zwei": 2, "drei": 3,
    "vier": 4, "funf": 5, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4,
    "cinco": 5, "due": 2, "twee": 2, "drie": 3,
}  # fmt: skip
_SMALL_WORDS = expression(r"[\s,(.)*\"-]*(?:(?!over|for|then|and|plus the)[a-z]+[\s)*,]+){0,3}\s*")
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
        return value * USD_PER[self.currency or "USD"] / _months_in(self.period or "month")


def _months_in(period: str) -> float:
    return _MONTHS_IN[period] if period in _MONTHS_IN else float(period.removesuffix(" months"))


def in_words(currency: str) -> str | None:
    """The code of a currency that is written out."""
    return next((code for pattern, code in _BEHIND if pattern.fullmatch(currency)), None)


def money_of(brief: Brief, number: Number) -> Money | None:
    """The sum a number stands for, when a currency or at least a period goes with it."""
    if _GROUPED.fullmatch(brief.text, number.start, number.end):
        # Nobody writes tenths of a cent: `1.500 €` is fifteen hundred in any language.
        number = replace(number, value=float(brief.text[number.start : number.end].replace(".", "")))
    start, end = number.start, number.end
    cents = _NO_CENTS.match(brief.text, end)
    end = cents.end() if cents else end
    currency: str | None = None
    before = brief.text[max(0, start - 20) : start]
    for pattern, code in _AHEAD if _ANY_AHEAD.search(before) else ():
        match = pattern.search(before)
        if match:
            currency, start = code, start - (len(before) - match.start())
            break
    if currency is None or currency == "USD":
        # `15 000 $ CA` and `$500 CAD` are not US dollars.
        behind = brief.text[end : end + 25]
        for pattern, code in _BEHIND:
            match = pattern.match(behind)
            if match:
                currency, end = code, end + match.end()
                break
    if currency == "EUR" and number.scale == 1 and _THOUSANDS.match(brief.text, number.end):
        number = replace(number, value=number.value * 1000, scale=1000.0)
    key = _KEY.search(brief.before(start, 50))
    if currency is None and key and (named := _KEY_CURRENCY.search(key.group("key"))):
        currency = named.group("code").upper()
    if currency is None:
        currency, end = _currency_apart(brief, end)
    period, end = _period_behind(brief, end)
    if period is None:
        period, end = _spread(brief, end)
        period = period or _term_ahead(brief, start)
    elif currency is None and (unit := _PERIOD_THEN_CURRENCY.match(brief.text, end)):
        currency, end = in_words(unit.group("word")), unit.end()
    if period is None and currency is not None and key:
        period = period_in(key.group("key").replace("_", " "))
    if currency is None and period is None:
        return None
    return Money(number, currency, period, start, end)


def _currency_apart(brief: Brief, end: int) -> tuple[str | None, int]:
    match = _APART.match(brief.text, end) or _LEADING_CURRENCY.match(brief.text, end)
    if match is None:
        return None, end
    code = _SIGNS.get(match.group("code"), match.group("code").upper())
    return (code, match.end()) if code in USD_PER else (None, end)


def _period_behind(brief: Brief, end: int) -> tuple[str | None, int]:
    behind = brief.after(end, 34)
    for name, pattern in _PERIOD_PATTERNS:
        match = pattern.search(behind)
        # Only what belongs to the sum: nothing but small words may stand between.
        if match and _SMALL_WORDS.fullmatch(behind[: match.start()]):
            return name, end + match.end()
    return None, end


def _spread(brief: Brief, end: int) -> tuple[str | None, int]:
    """`48,000 over three years` is a third of it a year."""
    match = _SPREAD.match(brief.after(end, 90))
    if match is None:
        return None, end
    count = int(_COUNTS.get(match.group("count")) or match.group("count"))
    months = count * (12 if match.group("unit")[0] in "yja" else 1)
    return (f"{months} months" if months > 0 else None), end + match.end()


def _term_ahead(brief: Brief, start: int) -> str | None:
    """`over the four-year term charges shall not exceed 48,000`: a sum for the whole term."""
    match = _TERM_AHEAD.search(brief.before(start, 130))
    if match is None:
        return None
    count = int(_COUNTS.get(match.group("count")) or match.group("count"))
    months = count * (1 if match.group("unit").startswith("m") else 12)
    return f"{months} months" if months > 0 else None


def period_in(text: str) -> str | None:
    """The period a statement speaks of anywhere."""
    found = [
        (match.start(), name) for name, pattern in _PERIOD_PATTERNS[:3] for match in pattern.finditer(text)
    ]
    return max(found)[1] if found else None
