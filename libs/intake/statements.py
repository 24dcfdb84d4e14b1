"""Cuts a folded text into paragraphs and statements: sentences, bullet points, table rows."""

import re

_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|z\.b|d\.h|u\.s|bzw|vs|resp|cf|mr|mrs|dr|prof|st|mio|mrd|tsd|p)\.$"
)
_ORDINAL_NOUN = re.compile(
    r" (?:perz|perc|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|"
    r"tag|woche|quartal|des monats|jede)"
)
"""`95. Perzentil`, `am 1. Oktober`: the dot makes an ordinal."""
_BEFORE_FIGURE = re.compile(r"\b(?:ca|max|min|approx|aprox|env|est|avg|no|nr|fig|incl|excl)\.$")
_FIGURE = re.compile(r"\s*[~$€£]?\s?\d")
_CRON_REST = re.compile(r" (?:[*?\d]|[a-z]{3}(?= [*\d)]))")
"""`cron(0 3 ? * SUN *)`: a question mark in a schedule."""
_END = re.compile(r"[.!?;]+[\"')\]]*(?=\s)|\n")
_OPENER = re.compile(
    r"\s*(?:[-*>|#•·]|\d{1,2}[.)]|[a-z][.)]\s|[a-z0-9 /_-]{1,30}:|"
    r"\d{1,2} [a-z][a-z0-9 /&_-]{1,30}\.{3,})"
)
_LEADER = re.compile(r"\s\.{3,}|.?\.{4,}")
"""Dots that lead from a label to its value: `Staff ........ 3`."""
_BLANK_LINE = re.compile(r"\n[ ]*\n")
_LONGEST = 600


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans between blank lines."""
    return _spans(text, [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)])


def statements(text: str) -> list[tuple[int, int]]:
    """Spans of statements; a line that was only wrapped does not end one."""
    cuts = [
        (match.end() if match.group() != "\n" else match.start(), match.end())
        for match in _END.finditer(text)
        if _really_ends(text, match)
    ]
    spans: list[tuple[int, int]] = []
    for start, end in _spans(text, cuts):
        # Text without any punctuation still has to be read in bounded pieces.
        spans += [(at, min(at + _LONGEST, end)) for at in range(start, end, _LONGEST)]
    return spans


def _really_ends(text: str, match: re.Match[str]) -> bool:
    if match.group() == "\n":
        return not _is_wrap(text, match.start())
    if match.group() == "?" and _CRON_REST.match(text, match.end()):
        return False
    if _LEADER.fullmatch(text, max(match.start() - 1, 0), match.end()):
        return False
    if match.group() != ".":
        return True
    if _ABBREVIATION.search(text, max(0, match.start() - 12), match.end()):
        return False
    if text[match.start() - 1 : match.start()].isdigit() and _ORDINAL_NOUN.match(text, match.end()):
        return False
    if _BEFORE_FIGURE.search(text, max(0, match.start() - 12), match.end()) and _FIGURE.match(
        text, match.end()
    ):
        return False
    line_start = text.rfind("\n", 0, match.start()) + 1
    return not re.fullmatch(r"\s*\d{1,2}", text[max(line_start, match.start() - 8) : match.start()])


def _is_wrap(text: str, newline: int) -> bool:
    line = text[max(text.rfind("\n", 0, newline) + 1, newline - 200) : newline].rstrip()
    following = text[newline + 1 : newline + 60]
    if len(line) < 55 or line[-1] in ".!?:;|" or not following.strip() or following[0] == "\n":
        return False
    return not _OPENER.match(following)


def _spans(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in [*cuts, (len(text), len(text))]:
        if text[start:end].strip():
            spans.append((start, end))
        start = following
    return spans
