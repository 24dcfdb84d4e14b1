"""Which texts stand for a missing cell. An empty cell always does; for words the rule is deliberate, not a habit.

Words such as `None` or `NA` are values until something proves the opposite: `None` is the most frequent class of many
damage reports, and `NA` is Namibia. So:

* Error and null spellings of programs (`#N/A`, `NULL`, `NaN`) are missing in every column.
* In a column of numbers, dates or truth values every word of the list is missing, because it cannot be one of them.
* In other columns a word of `PROVABLE` is missing only if it was the marker in a column of numbers of the same file.
* `None`, `unknown` and the like never count as missing in a column of words.
"""

ALWAYS = frozenset(
    {"#n/a", "#na", "#n/a n/a", "#null!", "#value!", "#ref!", "#div/0!", "nan", "-nan", "<na>"}
) | {
    "null",
    "n/a",
    "\\n",
}
PROVABLE = frozenset({"na", "-", "--", ".", "?", "n.a.", "(null)"})
_ONLY_AMONG_NUMBERS = frozenset(
    {"none", "nil", "missing", "unknown", "not available", "(blank)", "blank", "*"}
)
WORDS = ALWAYS | PROVABLE | _ONLY_AMONG_NUMBERS


def is_always(literal: str) -> bool:
    """Whether the text is missing wherever it stands."""
    return literal.lower() in ALWAYS


def can_be_proven(literal: str) -> bool:
    """Whether the text is missing in columns of words, once a column of numbers has shown that it is a marker."""
    return literal.lower() in PROVABLE


def is_word(literal: str) -> bool:
    """Whether the text is missing where only numbers, dates or truth values are expected."""
    return literal.lower() in WORDS
