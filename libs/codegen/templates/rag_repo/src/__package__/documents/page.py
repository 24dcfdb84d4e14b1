"""A page of HTML as its readers see it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "noscript", "template", "nav", "footer", "svg"})
_BLOCKS_TEXT = """
    address article aside blockquote br caption dd details div dl dt fieldset figcaption figure form header hr li main
    ol option p pre section summary table tr ul
    """
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_CELLS = frozenset({"td", "th"})
_FLOW = frozenset({"br", "div", "p"})
"""Blocks that do not end the line of a cell: what stands in one row belongs together."""
_BETWEEN = " | "
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


class Page(HTMLParser):
    """Keeps the visible text: a line for each block, and for each row of a table."""

    def __init__(self) -> None:
        """An empty page; `feed` it."""
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._parts: list[str] = []
        self._silent = 0
        self._in_title = False
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a block, a cell, a heading, or something that nobody reads."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "title":
            # A drawing has a title of its own.
            self._in_title = not self._silent
        elif tag in _HEADINGS:
            self._parts.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag in _CELLS:
            self._in_cell = True
            self._parts.append("" if self._silent else _BETWEEN)
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes it again."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "title":
            self._in_title = False
        elif tag in _HEADINGS:
            self._parts.append("\n\n")
        elif tag in _CELLS:
            self._in_cell = False
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._in_title:
            self.title += data
        elif not self._silent:
            self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """The page as Markdown-like text."""
        lines = (" ".join(line.split()).lstrip("| ") for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _break(self, tag: str) -> None:
        if tag in ("table", "tr"):
            # The end of a cell may be left out.
            self._in_cell = False
        self._parts.append(" " if self._in_cell and tag in _FLOW else "\n")
