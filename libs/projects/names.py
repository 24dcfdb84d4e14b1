"""Names of projects and titles of designs as they are kept."""

from libs.core.errors import Invalid

NAME_LIMIT = 120
"""Characters of a project's name."""
TITLE_LIMIT = 200
"""Characters of a design's title."""


def plain_name(given: str) -> str:
    """A project's name on one line without control and direction characters; Invalid if empty or too long."""
    return _one_line(given, "name", NAME_LIMIT)


def plain_title(given: str) -> str:
    """A design's title on one line without control and direction characters; Invalid if empty or too long."""
    return _one_line(given, "title", TITLE_LIMIT)


def _one_line(given: str, what: str, limit: int) -> str:
    line = " ".join("".join(c for c in given if c.isspace() or c.isprintable()).split())
    if not 1 <= len(line) <= limit:
        raise Invalid(
            f"The {what} is empty." if not line else f"The {what} has {len(line):,} characters.",
            advice=f"Nothing was changed. Send a {what} of 1 to {limit} characters.",
            limit=limit,
        )
    return line
