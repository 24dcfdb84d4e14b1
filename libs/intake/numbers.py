"""Finds the numbers of a folded text: digits in several notations, words, suffixes, ranges."""

import re
from dataclasses import dataclass, replace

from libs.intake.vocabulary import number_words

_DIGITS = re.compile(
    r"(?:(?<![a-z0-9_.,])|(?<=eur)|(?<=usd)|(?<=gbp)|(?<=chf)|"
    r"(?<=cad))(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ "
    r"']\d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?)(?!\d)"
)
_NOT_A_QUANTITY = re.compile(
    r"\b(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?\b"
    r"|\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d\d)?(?=\s|$)"
    r"|\b\d{1,2}[:h]\d\d\b(?:\s*(?:am|pm|uhr|h))?"
    r"|\b\d{1,2}\s*(?:am|pm|a\.m|p\.m|uhr|o'?clock)\b"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\bv\d+(?:\.\d+)*\b"
    r"|(?m:^[ ]*\d{1,2}[.)](?=\s))|(?m:^[ ]*\d{1,2}(?:\.\d{1,2}){1,3}"
    r"(?=\s+[a-z])(?!\s+(?:million|billion|thousand|mio|mrd|millones|milliards?|millionen|"
    r"[kmgtp]b\b|ms\b|s\b|sec|min|hours?|k\b|m\b)))"
    r"|\b\d+\s*/\s*7\b|\b(?:soc|law|loi|type|phase|iso|version|python|step|section|art|"
    r"article|clause)\s+\d+\b"
)
_SUFFIX = re.compile(r"\s?(k|m|b)(?![a-z0-9])(?!-\d)")
_SCALE_WORD = re.compile(rf"[\s-]+({'|'.join(sorted(number_words.SCALES, key=len, reverse=True))})\b\.?")
_REPEATED = re.compile(r"\s*\(\s*([\d.,]+)\s*(?=[)%])\)?")
_RANGE = re.compile(
    r"\s*(?:%|gb|tb|ms|s|seconds?|k|usd|eur)?\s*(?:-|to|and|or|bis|und|oder|a|y|o|et|ou)\s*[$€£~]?\s*"
)
_RANGE_OPENER = re.compile(r"\b(?:between|zwischen|entre)\s+[$€£~]?\s*$")


_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity and where it stands; of a range the upper end."""

    value: float
    start: int
    end: int
    scale: float = 1.0
    """What a suffix or scale word multiplied by."""
    low: float | None = None
    """Lower end when the text gives a range."""
    word: bool = False
    percent_value: float | None = None
    """Reading as a percentage, where a separator before three digits is a decimal one."""


def find_numbers(text: str, language: str) -> tuple[Number, ...]:
    """All quantities in order; dates, clock times, list numbers and version numbers are none."""
    closed = [match.span() for match in _NOT_A_QUANTITY.finditer(text)]
    found = _in_digits(text, language, closed) + _in_words(text, language)
    found.sort(key=lambda number: (number.start, -number.end))
    apart: list[Number] = []
    for number in found:
        if not apart or number.start >= apart[-1].end:
            apart.append(number)
    return tuple(_ranges(text, _merged(text, apart)))


def _in_digits(text: str, language: str, closed: list[tuple[int, int]]) -> list[Number]:
    found: list[Number] = []
    at = 0
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        while at < len(closed) and closed[at][1] <= start:
            at += 1
        if (
            len(match.group()) > _LONGEST
            or (at < len(closed) and closed[at][0] < end)
            or not _stands_free(text, start)
        ):
            continue
        value, percent = _parse(match.group(), language)
        found.append(_with_scale(text, Number(value, start, end, percent_value=percent)))
    return found


def _stands_free(text: str, start: int) -> bool:
    before = text[max(0, start - 1) : start]
    if not before:
        return True
    if before == "-":
        # "sub-100" and "8-10" are quantities, "west-1" and "ds-412" are names.
        return bool(re.search(r"(?:\bsub|\d[km]?|[\s(]|^)-$", text[max(0, start - 6) : start]))
    return True


def _parse(digits: str, language: str) -> tuple[float, float | None]:
    plain = re.sub(r"[ ']", "", digits)
    comma, dot = plain.count(","), plain.count(".")
    decimal = float(plain.replace(",", ".")) if comma + dot == 1 else None
    if comma and dot:
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        return float(plain.replace(thousands, "").replace(",", ".")), None
    if comma + dot == 1 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        grouped = comma == 1 or language != "en"
        return (float(re.sub(r"[.,]", "", plain)) if grouped else float(plain)), decimal
    if comma + dot > 1:
        return float(re.sub(r"[.,]", "", plain)), None
    return float(plain.replace(",", ".")), decimal


def _with_scale(text: str, number: Number) -> Number:
    suffix = _SUFFIX.match(text, number.end)
    if suffix and not (suffix.group(1) != "k" and text[number.end] == " "):
        factor = {"k": 1e3, "m": 1e6, "b": 1e9}[suffix.group(1)]
        return _scaled(number, factor, suffix.end())
    word = _SCALE_WORD.match(text, number.end)
    if word and word.group(1) not in ("cent", "cents"):
        return _scaled(number, number_words.SCALES[word.group(1)], word.end())
    return number


def _scaled(number: Number, factor: float, end: int) -> Number:
    return replace(
        number, value=number.value * factor, scale=number.scale * factor, end=end, percent_value=None
    )


_IDIOM = re.compile(
    "|".join(f"(?P<i{place}>\\b(?:{idiom}))" for place, idiom in enumerate(number_words.IDIOMS))
)
_IDIOM_VALUES = tuple(number_words.IDIOMS.values())


def _in_words(text: str, language: str) -> list[Number]:
    units = number_words.UNITS.get(language, {}) | (
        {} if language in ("de", "fr", "es") else number_words.UNITS["en"]
    )
    scales = {
        word: value
        for word, value in number_words.SCALES.items()
        if language == "fr" or not word.startswith("cent")
    }
    one = "|".join(sorted(units.keys() | scales.keys(), key=len, reverse=True))
    joint = r"(?:[\s-]+(?:(?:and|und|y|et)[\s-]+)?)"
    sequence = re.compile(rf"\b(?:{one})(?:{joint}(?:{one}))*\b")
    scale_word = re.compile(rf"[\s-]*(?:of an? )?({'|'.join(scales)}|dozen)\b")
    found: list[Number] = []
    for match in _IDIOM.finditer(text):
        value = _IDIOM_VALUES[int((match.lastgroup or "i0")[1:])]
        base = Number(value, match.start(), match.end(), word=True)
        while word := scale_word.match(text, base.end):
            base = _scaled(base, (scales | {"dozen": 12.0})[word.group(1)], word.end())
        found.append(base)
    for match in sequence.finditer(text):
        words = re.findall(rf"\b(?:{one})\b", match.group())
        if all(word in scales for word in words):
            continue
        value, scale = _spoken(words, units, scales)
        found.append(Number(value, match.start(), match.end(), scale=scale, word=True))
    return found


def _spoken(words: list[str], units: dict[str, float], scales: dict[str, float]) -> tuple[float, float]:
    total, current, last_scale = 0.0, 0.0, 1.0
    for word in words:
        if word in scales:
            factor, last_scale = scales[word], scales[word]
            if factor == 1e2:
                current = (current or 1) * factor
            else:
                total, current = total + (current or 1) * factor, 0.0
        else:
            current += units[word]
    return total + current, last_scale


def _merged(text: str, numbers: list[Number]) -> list[Number]:
    """`two (2)`: the digits in brackets repeat the word."""
    merged: list[Number] = []
    skip = -1
    for number in numbers:
        if number.start < skip:
            continue
        repeated = _REPEATED.match(text, number.end) if number.word else None
        if repeated and _parse(repeated.group(1).strip(".,") or "0", "en")[0] == number.value:
            number = replace(number, end=repeated.end())
            skip = number.end
        merged.append(number)
    return merged


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in numbers:
        previous = joined[-1] if joined else None
        if previous is not None and previous.low is None and _is_range(text, previous, number):
            low = previous.value
            if previous.scale == 1 and number.scale > 1 and previous.value < number.value / number.scale:
                low = previous.value * number.scale
            joined[-1] = replace(number, start=previous.start, low=low)
        else:
            joined.append(number)
    return joined


def _is_range(text: str, low: Number, high: Number) -> bool:
    between = _RANGE.fullmatch(text, low.end, high.start)
    if between is None:
        return False
    plain = between.group().strip(" $€£~")
    if re.search(r"\b(?:and|und|y|et|or|oder|o|ou)$", plain) and not _RANGE_OPENER.search(
        text, max(0, low.start - 12), low.start
    ):
        return bool(re.search(r"\b(?:or|oder|ou)$", plain)) and low.value < high.value <= 4 * low.value
    if plain == "a" and not re.search(r"\b(?:de|entre)\s*$", text[max(0, low.start - 8) : low.start]):
        return False
    bottom = low.value * (high.scale if low.scale == 1 else 1)
    return low.value < high.value or bottom < high.value
