"""Names that are safe in paths, Python and AWS resource names, made from what people write."""

import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from libs.codegen.errors import UnsafeName
from libs.codegen.models import Blueprint

PROJECT = re.compile(r"[a-z][a-z0-9-]{1,29}[a-z0-9]")
PACKAGE = re.compile(r"[a-z][a-z0-9_]{2,30}")
COLUMN = re.compile(r"[a-z][a-z0-9_]{0,62}")
TITLE = re.compile(
    r"[^\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]([^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{0,219})"
)
"""Names of columns are those of the table: any printable text on one line. Templates print them through filters."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")

_LONGEST = 30
_LONGEST_TEXT = 20_000
_LONGEST_SAMPLE = 4_000_000
_FALLBACK = "ml-system"
_TAKEN = frozenset(
    {
        "api",
        "config",
        "data",
        "docker",
        "docs",
        "infra",
        "monitoring",
        "pipelines",
        "reports",
        "src",
        "test",
        "tests",
    }
)
"""Folders of the generated tree, which a package of the same name would shadow in imports."""


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, ASCII only; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def project_name(text: str) -> str:
    """A kebab-case name of 3 to 30 characters that starts with a letter."""
    name = slug(text)
    if not name or not name[0].isalpha():
        name = f"ml-{name}" if name else _FALLBACK
    if len(name) > _LONGEST:
        head = name[: _LONGEST + 1]
        name = head.rsplit("-", 1)[0] if "-" in head[8:] else head[:_LONGEST]
    name = name.strip("-")
    return name if len(name) >= 3 else f"{name}-ml"


def package_name(project: str) -> str:
    """The Python package that belongs to a project name; never a keyword or a folder of the tree."""
    import_name = project.replace("-", "_")
    single_word = "_" not in import_name
    # The longest name of a package is 31 characters.
    return f"{import_name[:28]}_ml" if single_word or import_name in _TAKEN else import_name


def check_names(bp: Blueprint) -> None:
    """Refuses a blueprint whose names could leave the root or break out of a resource name."""
    _require(PROJECT, bp.project, "project")
    _require(PACKAGE, bp.package, "package")
    _require(REGION, bp.region, "region")
    _require(TITLE, bp.target, "target")
    for column in bp.columns:
        _require(TITLE, column.name, "column")
    for decision in bp.decisions:
        _require(SLUG, decision.slug, "decision")
    for slot, component in bp.components.items():
        _require(COLUMN, component.option, slot)


def check_values(bp: Blueprint) -> None:
    """Refuses texts that no document has room for, and numbers that are none."""
    for place, value in _leaves("", bp.model_dump()):
        longest = _LONGEST_SAMPLE if place == "sample" else _LONGEST_TEXT
        if isinstance(value, str) and len(value) > longest:
            problem = f"{place} has {len(value):,} characters"
        elif isinstance(value, float) and not math.isfinite(value):
            problem = f"{place} is no finite number"
        else:
            continue
        raise UnsafeName(
            f"The answers cannot be rendered: {problem}.",
            advice=f"Texts have at most {longest:,} characters, numbers are finite.",
            what=place,
        )


def _leaves(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key in value:
            yield from _leaves(f"{place}.{key}" if place else str(key), value[key])
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _leaves(f"{place}[{index}]", item)
    else:
        yield place, value


def _require(pattern: re.Pattern[str], value: str, what: str) -> None:
    if not pattern.fullmatch(value):
        raise UnsafeName(
            f"The {what} name {value[:60]!r} is not safe in a generated repository.",
            advice=f"Use a name that matches {pattern.pattern}.",
            what=what,
        )
