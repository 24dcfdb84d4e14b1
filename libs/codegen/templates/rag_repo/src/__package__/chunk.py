"""Stage `chunk`: documents become passages."""

from __future__ import annotations

from .chunking import passages_of
from .passages import read_documents, write_passages
from .running.stage import Card, Report, StageContext


def run(context: StageContext) -> Report:
    """Cuts every document."""
    config = context.config.chunk
    documents = read_documents(context.upstream("clean", "documents"))
    output = context.folder / "passages.parquet"
    count = write_passages(output, (p for d in documents for p in passages_of(d, config)))
    return Report(
        message=f"{count} passages of at most {config.tokens} tokens.",
        card=Card(
            choice=f"{config.tokens} tokens, {config.overlap_tokens} repeated",
            why="Whole sentences below one heading: a passage can be quoted as it stands.",
        ),
        outputs={"passages": (output, "table")},
    )
