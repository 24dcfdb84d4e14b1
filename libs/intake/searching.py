"""Remembers which words a statement holds, because many figures of one statement ask the same."""

import re
from functools import lru_cache


@lru_cache(maxsize=2048)
def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the pattern is found in the text."""
    return pattern.search(text) is not None
