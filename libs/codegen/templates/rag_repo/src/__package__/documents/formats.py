"""Text, Markdown, HTML, CSV and JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from ..passages import SEPARATOR
from .content import Unreadable, csv_rows, json_rows, named, text_of
from .page import Page

_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_FENCED = re.compile(r"\s*(?:---|\+\+\+)(?=\s|\Z)")
_FRONT = re.compile(r"\s*---[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*$\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Raw:
    """What a file says about one document; empty where it says nothing."""

    text: str
    document_id: str = ""
    title: str = ""
    category: str = ""
    access: tuple[str, ...] = ()
    single: bool = True
    """Whether the file is this one document."""


def read_text(path: Path) -> Iterator[Raw]:
    """The whole file."""
    yield Raw(text=text_of(path))


def read_markdown(path: Path) -> Iterator[Raw]:
    """The whole file; front matter may name id, title, category and access.

    Raises:
        Unreadable: there is front matter that cannot be read; it may say that few people may read the file.
    """
    text = text_of(path)
    facts: Mapping[str, Any] = {}
    if _FENCED.match(text):
        front = _FRONT.match(text)
        if not front:
            raise Unreadable("the front matter is not closed, or not between lines of ---")
        facts = _front_matter(front.group(1))
        if facts or not front.group(1).strip():
            text = text[front.end() :]
    heading = _HEADING.search(text)
    title = str(facts.get("title") or (heading.group(1).strip() if heading else ""))
    yield _raw({**facts, "title": title, "text": text}, single=True)


def read_html(path: Path) -> Iterator[Raw]:
    """What a reader of the page sees, headings kept.

    Raises:
        Unreadable: it has a declaration that is no HTML.
    """
    page = Page()
    try:
        page.feed(text_of(path))
        page.close()
    except AssertionError as error:  # So the parser of Python says it.
        raise Unreadable(f"the page is no HTML: {error}") from error
    yield Raw(text=page.text(), title=" ".join(page.title.split()))


def read_csv(path: Path) -> Iterator[Raw]:
    """One document a row; the column `text` is needed."""
    for row in csv_rows(text_of(path)):
        if "text" not in row:
            raise Unreadable("the table has no column named text")
        if row.get("access", "") is None:
            raise Unreadable("a row ends before its cell access, which says who may read it")
        yield _raw(row)


def read_jsonl(path: Path) -> Iterator[Raw]:
    """One document a line; the key `text` is needed."""
    for place, row in enumerate(json_rows(text_of(path)), 1):
        if "text" not in row:
            raise Unreadable(f"object {place} has no key text")
        yield _raw(row)


def _raw(facts: Mapping[str, Any], *, single: bool = False) -> Raw:
    return Raw(
        text=str(facts.get("text") or ""),
        document_id=str(facts.get("id") or ""),
        title=str(facts.get("title") or ""),
        category=str(facts.get("category") or ""),
        access=_groups(facts.get("access")),
        single=single,
    )


def _groups(access: object) -> tuple[str, ...]:
    """Who may read it: names with commas between them, or a list of names; nothing says nothing."""
    if access is None:
        return ()
    if isinstance(access, str):
        return tuple(sorted({name.strip() for name in access.split(SEPARATOR) if name.strip()}))
    if not access or not isinstance(access, list) or not all(_is_name(name) for name in access):
        raise Unreadable(f"access is no list of names without {SEPARATOR!r}: {access!r}")
    return tuple(sorted({name.strip() for name in access}))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and SEPARATOR not in value


def _front_matter(text: str) -> Mapping[str, Any]:
    try:
        facts = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable("the front matter is not YAML") from error
    if facts is not None and not isinstance(facts, dict):
        raise Unreadable("the front matter is no mapping")
    return named(facts or {})
