"""Text, Markdown, HTML, CSV and JSON lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_SILENT = frozenset({"script", "style", "noscript", "template", "nav", "footer", "svg"})
_BLOCKS = frozenset({"p", "div", "section", "article", "li", "tr", "br", "table", "ul", "ol", "pre"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


class Unreadable(Exception):
    """A file that gives no document; the message says why."""


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
    yield Raw(text=_decoded(path))


def read_markdown(path: Path) -> Iterator[Raw]:
    """The whole file; front matter may name id, title, category and access."""
    text = _decoded(path)
    facts: Mapping[str, Any] = {}
    front = _FRONT.match(text)
    if front:
        facts = _front_matter(front.group(1))
        text = text[front.end() :]
    heading = _HEADING.search(text)
    title = str(facts.get("title") or (heading.group(1).strip() if heading else ""))
    yield _raw({**facts, "title": title, "text": text}, single=True)


def read_html(path: Path) -> Iterator[Raw]:
    """What a reader of the page sees, headings kept."""
    page = _Page()
    page.feed(_decoded(path))
    page.close()
    yield Raw(text=page.text(), title=" ".join(page.title.split()))


def read_csv(path: Path) -> Iterator[Raw]:
    """One document a row; the column `text` is needed."""
    rows = csv.DictReader(_decoded(path).splitlines())
    if "text" not in (rows.fieldnames or ()):
        raise Unreadable("the table has no column named text")
    for row in rows:
        yield _raw(row)


def read_jsonl(path: Path) -> Iterator[Raw]:
    """One document a line; the key `text` is needed."""
    for number, line in enumerate(_decoded(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise Unreadable(f"line {number} is not JSON") from error
        if not isinstance(value, dict) or "text" not in value:
            raise Unreadable(f"line {number} is no object with the key text")
        yield _raw(value)


def _raw(facts: Mapping[str, Any], *, single: bool = False) -> Raw:
    access = facts.get("access") or ()
    groups = access.split(",") if isinstance(access, str) else access
    return Raw(
        text=str(facts.get("text") or ""),
        document_id=str(facts.get("id") or ""),
        title=str(facts.get("title") or ""),
        category=str(facts.get("category") or ""),
        access=tuple(sorted({str(group).strip() for group in groups if str(group).strip()})),
        single=single,
    )


def _front_matter(text: str) -> Mapping[str, Any]:
    try:
        facts = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Unreadable("the front matter is not YAML") from error
    if not isinstance(facts, dict):
        raise Unreadable("the front matter is no mapping")
    return facts


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file is binary")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"the file is not {encoding}") from error


class _Page(HTMLParser):
    """Keeps the visible text, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._parts: list[str] = []
        self._silent = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a block, a heading, or something that nobody reads."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "title":
            self._in_title = True
        elif tag in _HEADINGS:
            self._parts.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Closes it again."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "title":
            self._in_title = False
        elif tag in _HEADINGS:
            self._parts.append("\n\n")
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._in_title:
            self.title += data
        elif not self._silent:
            self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """The page as Markdown-like text."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).splitlines())
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
