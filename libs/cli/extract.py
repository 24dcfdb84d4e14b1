"""`extract`: constraints of many briefs at once."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from libs.core.errors import Invalid


def extract(
    file: Annotated[Path, typer.Argument(help="JSONL with `id` and `text`; `-` for standard input.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="End with a summary object after the lines.")
    ] = False,
) -> None:
    """Read briefs line by line; print `{id, extracted, defaults, conflicts}` line by line."""
    from libs.intake.extraction import extract as extract_text

    count = 0
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        brief = _brief(line, number)
        found = extract_text(brief["text"])
        given = {"stated", "inferred"}
        result = {
            "id": brief["id"],
            "extracted": {c.field: c.value for c in found.constraints if c.source in given},
            "defaults": [],
            "conflicts": [{"code": c.code, "message": c.message} for c in found.conflicts],
        }
        typer.echo(json.dumps(result, ensure_ascii=False))
        count += 1
    if as_json:
        typer.echo(json.dumps({"status": "done", "briefs": count, "problem": None}))


def _lines(file: Path) -> list[str]:
    try:
        return (sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} cannot be read: {error}", advice="Nothing was extracted.") from error


def _brief(line: str, number: int) -> dict[str, str]:
    try:
        brief = json.loads(line)
        return {"id": str(brief["id"]), "text": str(brief["text"])}
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(
            f"Line {number} is not an object with `id` and `text`: {error}",
            advice="The lines before it were extracted and printed.",
        ) from error
