"""Text in the plain form rules read, with the way back to the offsets of the original."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = {
    "’": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "ß": "ss",
    "≤": "<",
    "≥": ">",
    "½": "½",
    "¼": "¼",
    "¾": "¾",
    "\t": " ",
    "\r": " ",
    "\v": " ",
    "\f": " ",
    "\x00": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x85": "\n",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Lower case without accents; `origin[i]` is where character i came from."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the folded text stands for."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Folds case, accents, quotation marks and dashes."""
    characters: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        for plain in _plain(character):
            characters.append(plain)
            origin.append(position)
    return Folded("".join(characters), tuple(origin))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    known = _PLAIN.get(character)
    if known is not None:
        return known
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character.lower())
    return "".join(part for part in decomposed if not unicodedata.combining(part))
