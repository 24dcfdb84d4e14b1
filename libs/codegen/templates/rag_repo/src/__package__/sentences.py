"""Where sentences end, in text of people and in what a model writes while it writes it.

A cut in the wrong place changes what is said: "never do this, e.g. reset the key" must not become "reset the key".
So a full stop ends nothing where it may belong to an abbreviation, an initial or an ordinal, or where what follows
does not look like a beginning; two sentences that are taken for one cost little.

What is decided about a beginning of a text holds for the whole: an end is seen once its next character is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MARKS = r"\[\d{1,3}(?:\s*,\s*\d{1,3})*\]"
"""Numbers of what is cited, as in `[1, 3]`; behind a full stop they belong to the sentence before."""
DENSE_STOPS = "。！？｡។။"
"""What ends a sentence in scripts without blanks between words: none follows there either."""
STOPS = f".!?…।॥؟۔{DENSE_STOPS}"
_SPACED_STOPS = STOPS.removesuffix(DENSE_STOPS)
_CLOSERS = r"\"'’‘”“»«)\]*_」』）】》"
_OPENERS = r"\"'‘“„«(\[*_¿¡「『（【《"
_NEXT = rf"(?=[{_OPENERS}]*+(?P<next>[^\s{_OPENERS}]))"
_END = re.compile(
    rf"(?P<stop>[{_SPACED_STOPS}]++)(?P<closers>[{_CLOSERS}]*+)(?>(?:\s*{MARKS})*)\s+{_NEXT}"
    rf"|[{DENSE_STOPS}]++[{_CLOSERS}]*+(?>(?:\s*{MARKS})*)(?!\s*\[[\d,\s]*\Z)\s*{_NEXT.replace('next', 'dense')}"
)
_FINISHED = re.compile(rf"(?P<stop>[{STOPS}]++)[{_CLOSERS}]*+(?:\s*{MARKS})*\s*\Z")
_WORD_BEFORE = re.compile(r"(?:(?P<number>\d[\d.,:]*)|(?P<word>[^\W\d_]+))\Z")
_LONGEST_WORD = 40
_LONGEST_ORDINAL = 3
"""Characters of a number that a full stop may make an ordinal; `1999.` ends a sentence."""
_VOWELS = frozenset("aeiouyæœøı")
_ABBREVIATIONS_TEXT = """
    al approx apr assn aug ave capt cap co corp dec dept dist eds eg esp est et etc excl ext feb fig figs gen gov hon
    ibid ie inc incl jan lieut max min misc nov oct op prof rep resp rev sec sen sep sept univ viz vol vols
    abb abs abt allg anm art aufl bes betr bspw ca dez dipl einschl entspr evtl exkl geb gegr gem gest ggf ing inkl insb
    insbes jul jun kap mind mio okt phil sog str usf usw verf verg vorm zit zus
    av chap env ex mlle mme mmes réf tél éd
    aprox avda dra dto ej exmo gral núm pág págs sra sras sto tel ud uds
    avv dott ecc pag sig
    bijv enz evt mevr
    bl eks ekskl osv esim jne örn
    apod atd godz itd itp např ul
    гл др им напр обл пр проф рис руб см стр тел тыс ул
    """
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
"""Such as a word with a capital may follow in the same sentence; before other words no sentence ends anyway."""


def sentences(text: str) -> list[str]:
    """The sentences, each as it stands in the text; a line ends one as well."""
    lines = (line.strip() for line in text.splitlines())
    return [sentence for line in lines if line for sentence in _cut(line)]


def finished(text: str) -> bool:
    """Whether a sentence ends with the text."""
    found = _FINISHED.search(text)
    return found is not None and not (found["stop"] == "." and _abbreviated(text[: found.start()]))


def _cut(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        if found["stop"] and not _ends(line, found):
            continue
        yield line[start : found.end()].strip()
        start = found.end()
    yield line[start:]


def _ends(line: str, found: re.Match[str]) -> bool:
    """Whether the sentence ends at a stop that is followed by a blank."""
    if found["next"].islower() or found["next"].isdigit():
        return False
    if found["stop"] != ".":
        return True
    before = line[max(0, found.start() - _LONGEST_WORD) : found.start()]
    return not (_abbreviated(before) or (not found["closers"] and _ordinal(before)))


def _abbreviated(before: str) -> bool:
    """Whether a full stop belongs to the word before it: a listed one, a letter, or one that nobody can say."""
    found = _WORD_BEFORE.search(before[-_LONGEST_WORD:])
    if found is None or not found["word"]:
        return False
    word = found["word"]
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    acronym = len(word) > 1 and word.isupper()
    unsayable = plain.isascii() and not acronym and _VOWELS.isdisjoint(plain)
    return len(word) == 1 or unsayable or word.casefold() in _ABBREVIATIONS


def _ordinal(before: str) -> bool:
    found = _WORD_BEFORE.search(before)
    return found is not None and found["number"] is not None and len(found["number"]) <= _LONGEST_ORDINAL
