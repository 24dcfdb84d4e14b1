"""Cuts a document into passages at headings and sentences, with overlap, under names that stay the same.

The name of a passage is a digest of its document, heading, rights and text. A change in one paragraph renames
the passages that hold it and no other, so only those are embedded again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from .config import ChunkConfig
from .passages import Document, Passage
from .sentences import sentences
from .text import joined, token_count

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$")


def passages_of(document: Document, config: ChunkConfig) -> Iterator[Passage]:
    """The passages of a document, in its order."""
    names: dict[str, int] = {}
    position = 0
    for section, body in sections(document.text):
        for text in windows(sentences(body), config.tokens, config.overlap_tokens):
            name = _name(document, section, text)
            names[name] = names.get(name, 0) + 1
            repeated = f"-{names[name]}" if names[name] > 1 else ""
            yield Passage(
                passage_id=f"{name}{repeated}",
                document_id=document.document_id,
                position=position,
                title=document.title,
                section=section,
                text=text,
                source=document.source,
                category=document.category,
                access=document.access,
                tokens=token_count(text),
            )
            position += 1


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Headings with the text below each; text before the first heading has an empty one."""
    heading, lines, fence = "", list[str](), ""
    for line in text.splitlines():
        found = None if fence else _HEADING.match(line)
        fence = _fence(line, fence)
        if found:
            if any(each.strip() for each in lines):
                yield heading, "\n".join(lines)
            heading, lines = found.group(1), []
        else:
            lines.append(line)
    if any(each.strip() for each in lines):
        yield heading, "\n".join(lines)


def _fence(line: str, fence: str) -> str:
    """The fence of the code that the next line is in, if any: `# comment` there is no heading."""
    marks = _FENCE.match(line)
    if marks is None:
        return fence
    if not fence:
        return marks.group(1)
    return "" if marks.group(1).startswith(fence) else fence


def windows(found: Sequence[str], most: int, overlap: int) -> Iterator[str]:
    """Runs of whole sentences of at most `most` tokens; the next run repeats the last `overlap` tokens.

    A sentence that is longer than a window is cut at its words, and one without blanks between its characters.
    """
    parts = [part for sentence in found for part in _cut(sentence, most)]
    lengths = [token_count(part) for part in parts]
    start = 0
    while start < len(parts):
        end, size = start, 0
        while end < len(parts) and (end == start or size + lengths[end] <= most):
            size += lengths[end]
            end += 1
        yield joined(parts[start:end])
        if end == len(parts):
            return
        start = _step_back(lengths, start, end, overlap, most)


def _step_back(lengths: Sequence[int], start: int, end: int, overlap: int, most: int) -> int:
    """Where the next window begins: as far back as the overlap allows, and always further than before.

    What is repeated leaves room for the part that follows: a window of repetition alone would say nothing new.
    """
    begin, size, room = end, 0, min(overlap, most - lengths[end])
    while begin - 1 > start and size + lengths[begin - 1] <= room:
        begin -= 1
        size += lengths[begin]
    return begin


def _cut(sentence: str, most: int) -> Iterator[str]:
    if token_count(sentence) <= most:
        yield sentence
        return
    line = list[str]()
    for word in (piece for whole in sentence.split() for piece in _pieces(whole, most)):
        if line and token_count(" ".join([*line, word])) > most:
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)


def _pieces(word: str, most: int) -> Iterator[str]:
    """A word that is longer than a window in pieces: a character is a token at most."""
    if token_count(word) <= most:
        yield word
    else:
        yield from (word[start : start + most] for start in range(0, len(word), most))


def _name(document: Document, section: str, text: str) -> str:
    access = ",".join(document.access)
    parts = (document.document_id, document.title, section, document.category, access, text)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
