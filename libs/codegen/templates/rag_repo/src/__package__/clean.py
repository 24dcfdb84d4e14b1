"""Stage `clean`: plain text, no duplicates, and no document that speaks to the model."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from .guards.patterns import Patterns
from .passages import Document, read_documents, write_documents
from .running.errors import DataRefused
from .running.repository import GUARD_FILE
from .running.stage import Card, Metric, Rejected, Report, StageContext

_KEPT_CONTROLS = "\n\t"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SHOWN = 20


def run(context: StageContext) -> Report:
    """Cleans every document; those that are set aside are listed with the reason.

    Raises:
        DataRefused: nothing is left.
    """
    config = context.config.clean
    patterns = Patterns.load(GUARD_FILE) if config.quarantine_instructions else None
    aside: dict[str, str] = {}
    output, quarantine = context.folder / "documents.jsonl", context.folder / "quarantine.jsonl"
    suspicious: list[Document] = []
    seen: dict[str, str] = {}

    def cleaned() -> Iterator[Document]:
        for document in read_documents(context.upstream("ingest", "documents")):
            text = plain(document.text)
            digest = hashlib.sha256(f"{sorted(document.access)}{text}".encode()).hexdigest()
            if len(text) < config.least_characters:
                aside[document.source] = f"only {len(text)} characters"
            elif digest in seen:
                aside[document.source] = f"the same text as {seen[digest]}"
            elif patterns is not None and (found := patterns.instruction_in(f"{document.title}\n{text}")):
                aside[document.source] = f"speaks to the model: {found}"
                suspicious.append(replace(document, text=text))
            else:
                seen[digest] = document.source
                yield replace(document, text=text, title=" ".join(plain(document.title).split()))

    count = write_documents(output, cleaned())
    write_documents(quarantine, suspicious)
    if not count:
        raise DataRefused("No document is left after cleaning.", "See the warnings of ingest.")
    share = len(suspicious) / (count + len(aside))
    warnings = [f"{name}: {why}" for name, why in sorted(aside.items())[:_SHOWN]]
    if share > config.usual_quarantined_share:
        usual = f"{config.usual_quarantined_share:.1%} is usual: do patterns of config/guard.yaml find ordinary text?"
        warnings.insert(0, f"{share:.1%} of the documents are in quarantine, {usual}")
    return Report(
        message=f"{count} documents kept, {len(aside)} set aside ({len(suspicious)} in quarantine).",
        card=Card(
            choice="keep documents that speak to the model out of the index",
            why="Retrieved text becomes part of the prompt: whoever writes a document writes there.",
            rejected=(Rejected("remove the sentence", "what remains would no longer be the source"),),
        ),
        outputs={"documents": (output, "table"), "quarantine": (quarantine, "table")},
        metrics={"quarantined_share": Metric(round(share, 6), "all")},
        warnings=tuple(warnings),
    )


def plain(text: str) -> str:
    """Composed characters, no control or invisible ones, no runs of blanks or empty lines."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    visible = "".join(c for c in composed if c in _KEPT_CONTROLS or unicodedata.category(c) not in _HIDDEN)
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).rstrip() for line in visible.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
