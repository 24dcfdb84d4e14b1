"""A short title from a brief that says what it asks for in its first words; longer stories get a made one."""

import re

from libs.codegen.wording import one_line

LONGEST = 80
_SHORTEST = 6
_SHORTEST_WISH = 12
_ASKING = (
    r"(?:please\s+)?(?:(?:we|i|our team|our company)(?:'d| would)?"
    r"\s+(?:need|want|like|are looking for|have to|must|plan)(?:\s+to)?\s+"
    r"|(?:can|could) you\s+|help (?:us|me)(?:\s+to)?\s+)?"
)
_MAKING = r"(?:(?:design|build|create|develop|set up|make|implement|architect|propose)\s+(?:us\s+|me\s+)?)?"
_THING = (
    r"(?:an?|the|our)?\s*(?:complete|full|production|scalable|end-to-end|new)?\s*"
    r"(?:mlops|ml|machine[- ]learning|ai)?\s*"
    r"(?:system|platform|pipeline|solution|architecture|service|infrastructure|setup|model)\s+(?:for|to|that|which)\s+"
)
_LEAD = re.compile(rf"^{_ASKING}{_MAKING}{_THING}(?:(?:an?|the)\s+)?", re.IGNORECASE)
_END = re.compile(
    r"[.;:,!?()]\s|[.;:,!?]$|\s[-–—]\s|\s(?:with|that|which|because|so that|using|on aws|in the)\s",
    re.IGNORECASE,
)

_WANTED = re.compile(
    r"\b(?:(?:want|would like|looking for|goal is|goal:|task is|task:)\s+(?:to|an?|the)|needs?\s+to)\s+",
    re.IGNORECASE,
)
_FAR = 600
"""Characters of a story in which what is wanted is looked for."""


def title_of(brief: str) -> str | None:
    """What the brief is about, in at most 80 characters of one line; None when its first words do not say it."""
    line = one_line(brief, 600)
    lead = _LEAD.match(line)
    if lead is None:
        return _capital(line.rstrip(" .")) if _SHORTEST <= len(line) <= LONGEST else None
    about = line[lead.end() :]
    end = next((found.start() for found in _END.finditer(about) if found.start() >= _SHORTEST), len(about))
    title = _cut(about[:end].strip(" -–—,;:.\"'"))
    return _capital(title) if len(title) >= _SHORTEST else None


def wish_of(brief: str) -> str | None:
    """What a story says is wanted, in at most 80 characters of one line; None when it does not say so in such words."""
    line = one_line(brief, _FAR)
    wish = _WANTED.search(line)
    if wish is None:
        return None
    about = line[wish.end() :]
    end = _END.search(about)
    title = _cut(about[: end.start() if end else len(about)].strip(" -–—,;:.\"'…"))
    return _capital(title) if len(title) >= _SHORTEST_WISH else None


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:-") + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
