"""Finds the numbers of a folded text: digits in several notations, words, suffixes, ranges."""

import re
from dataclasses import dataclass, replace

import text_to_num  # type: ignore[import-untyped]

from libs.intake.vocabulary import cues

_DIGITS = re.compile(
    r"(?:(?<![a-z0-9_.,])|(?<=eur)|(?<=usd)|(?<=gbp)|(?<=chf)|"
    r"(?<=cad))(?:\d{1,3}(?:_\d{3})+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ "
    r"']\d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?)(?!\d)"
)
_NOT_A_QUANTITY = re.compile(
    r"\b(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?\b"
    r"|\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d\d)?(?=\s|$)"
    r"|\b\d{1,2}[:h]\d\d\b(?:\s*(?:am|pm|uhr|h))?"
    r"|\b\d{1,2}\s*(?:am|pm|a\.m|p\.m|uhr|o'?clock)\b"
    r"|(?<![\d.,])0\d{3}(?!\d|[.,]\d)|\b\d{1,3}(?:\.\d{1,3}){3}\b|\bv\d+(?:\.\d+)*\b"
    r"|(?m:^[ ]*\d{1,2}[.)](?=\s))"
    r"|\b\d+\s*/\s*7\b|\b(?:soc|law|loi|type|phase|iso|version|python|step|section|art|"
    r"article|clause)\s+\d+\b"
)
_SECTION = re.compile(
    r"^[ ]*\d{1,2}(?:\.\d{1,2}){1,3}(?=\s+[a-z])(?!\s+(?:million|billion|mio|ms\b|[rqt]ps\b))", re.MULTILINE
)
"""`4.1 No more than`: the number of a section, when others follow."""
_SUFFIX = re.compile(r"\s?(k|m|b)(?![a-z0-9])(?!-\d)")
_SCALES = {name: cues.words(f"scale.{name}") for name in cues.names("scale.")}
_ANY_SCALE = "|".join(f"(?P<x{value}>{words})" for value, words in _SCALES.items())
_SCALE_WORD = re.compile(rf"[\s-]+(?:of an? |an? )?(?:{_ANY_SCALE})(?![a-z0-9])\.?")
_BARE_SCALE = re.compile(_ANY_SCALE)
_LAST_SCALE = re.compile(rf"(?:{_ANY_SCALE})$")
_MOST_SCALES = 3
"""`two hundred thousand million`: nobody goes on longer, and reading must end."""
_LARGEST_BARE_SCALE = 1000
_IDIOM_WORDS = {name: cues.words(f"number.{name}") for name in cues.names("number.")}
_IDIOM = re.compile(
    "(?<![a-z0-9/])(?:"
    + "|".join(f"(?P<i{place}>{words})(?![a-z0-9/])" for place, words in enumerate(_IDIOM_WORDS.values()))
    + ")"
)
_IDIOM_VALUES = tuple(float(name) for name in _IDIOM_WORDS)
_AND_A_HALF = re.compile(rf"[\s-]*(?:{cues.words('and_a_half')})(?![a-z])")
_AND_A_QUARTER = re.compile(
    r"[\s-]*(?:and a quarter|ein ?viertel|et (?:un )?quart|y cuarto|e un quarto|e quarto|en een kwart)"
    r"(?= (?:hours?|seconds?|minutes?|million|billion|days?|stunden|sekunden|minuten))"
)
_NO_NUMBER = re.compile(rf"(?:{cues.words('no_number')})")
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_ACCENTS = {
    "funf": "fünf",
    "zwolf": "zwölf",
    "veintidos": "veintidós",
    "veintitres": "veintitrés",
    "veintiseis": "veintiséis",
}
_UNACCENTED = re.compile("|".join(_ACCENTS))
_LATIN_ONES = ("it", "pt", "nl")
_REPEATED = re.compile(r"\s*\(\s*([\d.,]+)\s*(?=[)%])\)?")
_RANGE = re.compile(
    r"\s*(?:%|gb|tb|ms|s|seconds?|k|usd|eur)?\s*(?:-|to|and|or|bis|und|oder|a|y|o|et|ou)\s*[$€£~]?\s*"
)
_RANGE_OPENER = re.compile(r"\b(?:between|zwischen|entre)\s+[$€£~]?\s*$")


_DOTTED = re.compile(r"(?<![\d.])[1-9]\d{0,2}\.\d{3}(?![\d.])")
_DOTTED_ENOUGH = 2
_DOT_DECIMAL = re.compile(r"(?<![\d.])\d+\.(?:\d{1,2}|\d{4,})(?![\d.])|\d,\d{3}(?!\d)")
_LONGEST = 24
_ONE_SCALE = re.compile(r"an? [a-z]+")


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


def find_numbers(text: str, language: str, *others: str) -> tuple[Number, ...]:
    """All quantities in order; dates, clock times, list numbers and version numbers are none.

    Args:
        text: the folded text.
        language: how its separators are read.
        others: further languages that its number words may belong to.
    """
    closed = [match.span() for match in _NOT_A_QUANTITY.finditer(text)]
    sections = [match.span() for match in _SECTION.finditer(text)]
    if len(sections) > 1:
        closed = sorted([*closed, *sections])
    found = _in_digits(text, language, closed) + _in_words(text, (language, *others))
    found.sort(key=lambda number: (number.start, -number.end))
    apart: list[Number] = []
    for number in found:
        if not apart or number.start >= apart[-1].end:
            apart.append(number)
        elif number.end > apart[-1].end and _ONE_SCALE.fullmatch(text, apart[-1].start, apart[-1].end):
            # `a hundred and fifty`: the library for spoken numbers leaves the article out.
            apart[-1] = replace(number, start=apart[-1].start)
    return tuple(_ranges(text, _merged(text, apart)))


def _in_digits(text: str, language: str, closed: list[tuple[int, int]]) -> list[Number]:
    found: list[Number] = []
    at = 0
    if language == "en" and _dots_group(text):
        language = ""
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
        found.append(_with_half(text, _with_scale(text, Number(value, start, end, percent_value=percent))))
    return found


def _stands_free(text: str, start: int) -> bool:
    before = text[max(0, start - 1) : start]
    if not before:
        return True
    if before == "-":
        # "sub-100" and "8-10" are quantities, "west-1" and "ds-412" are names.
        return bool(re.search(r"(?:\bsub|\d[km]?|[\s(]|^)-$", text[max(0, start - 6) : start]))
    return True


def _dots_group(text: str) -> bool:
    """Whether a writer puts dots between thousands, whatever the language: `380.000 fotos`, never `2.5`."""
    return len(_DOTTED.findall(text)) >= _DOTTED_ENOUGH and not _DOT_DECIMAL.search(text)


def _parse(digits: str, language: str) -> tuple[float, float | None]:
    plain = re.sub(r"[ '_]", "", digits)
    comma, dot = plain.count(","), plain.count(".")
    decimal = float(plain.replace(",", ".")) if comma + dot == 1 else None
    if comma and dot:
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        return float(plain.replace(thousands, "").replace(",", ".")), None
    if comma + dot == 1 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        # Nobody writes a decimal with noughts at its end: `40.000` is forty thousand in any language.
        grouped = comma == 1 or language != "en" or plain.endswith("00")
        return (float(re.sub(r"[.,]", "", plain)) if grouped else float(plain)), decimal
    if comma + dot > 1:
        return float(re.sub(r"[.,]", "", plain)), None
    return float(plain.replace(",", ".")), decimal


def _with_scale(text: str, number: Number) -> Number:
    suffix = _SUFFIX.match(text, number.end)
    if suffix and not (suffix.group(1) != "k" and text[number.end] == " "):
        factor = {"k": 1e3, "m": 1e6, "b": 1e9}[suffix.group(1)]
        return _scaled(number, factor, suffix.end())
    for _ in range(_MOST_SCALES):
        word = _SCALE_WORD.match(text, number.end)
        if word is None:
            break
        number = _scaled(number, float(_scale_of(word)), word.end())
    return number


def _scale_of(match: re.Match[str]) -> str:
    return (match.lastgroup or "x1")[1:]


def _scaled(number: Number, factor: float, end: int) -> Number:
    return replace(
        number, value=number.value * factor, scale=number.scale * factor, end=end, percent_value=None
    )


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as the library for spoken numbers reads it."""

    word: str
    start: int
    end: int

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def _in_words(text: str, languages: tuple[str, ...]) -> list[Number]:
    found = [each for each in _idioms(text) if each.value]
    spoken = [*languages, "en"] if languages[0] in _LATIN_ONES else languages
    for each in spoken:
        found += _spoken(text, each)
    return found


def _idioms(text: str) -> list[Number]:
    return [
        _with_scale(text, Number(_value_of(match), *match.span(), word=True))
        for match in _IDIOM.finditer(text)
    ]


def _spoken(text: str, language: str) -> list[Number]:
    accented = _accented if _UNACCENTED.search(text) else str
    tokens = [_Token(accented(match.group()), *match.span()) for match in _TOKEN.finditer(text)]
    found: list[Number] = []
    for each in text_to_num.find_numbers(tokens, language, threshold=0.0):
        start, end = tokens[each.start].start, tokens[each.end - 1].end
        written = text[start:end]
        if (
            each.is_ordinal
            or written[0].isdigit()
            or not written[-1].isalpha()
            or _NO_NUMBER.fullmatch(written)
        ):
            continue
        scale = _BARE_SCALE.fullmatch(written)
        if scale and float(_scale_of(scale)) > _LARGEST_BARE_SCALE:
            continue
        last = _LAST_SCALE.search(written)
        number = Number(each.value, start, end, float(_scale_of(last)) if last else 1.0, word=True)
        found.append(_with_half(text, _with_scale(text, number)))
    return found


def _accented(word: str) -> str:
    """Spoken numbers are known with their accents only."""
    if not _UNACCENTED.search(word):
        return word
    for plain, accented in _ACCENTS.items():
        word = word.replace(plain, accented)
    return word


def _with_half(text: str, number: Number) -> Number:
    half = _AND_A_HALF.match(text, number.end)
    quarter = _AND_A_QUARTER.match(text, number.end) if half is None else None
    part = half or quarter
    if part is None or number.scale != 1 or number.value > 100:
        return number
    value = number.value + (0.5 if half else 0.25)
    return _with_scale(text, replace(number, value=value, end=part.end(), percent_value=None))


def _value_of(match: re.Match[str]) -> float:
    return _IDIOM_VALUES[int((match.lastgroup or "i0")[1:])]


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
    if between is None or "\n" in between.group():
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
