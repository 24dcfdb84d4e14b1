"""`runs evidence`: what a run in the generated repository showed, kept beside the version it is about."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from libs.cli.result import ExitCode, emit
from libs.cli.session import find_decision_set, opened, run
from libs.core.errors import Invalid
from libs.core.principal import local_owner


def evidence(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id.")],
    record: Annotated[
        Path, typer.Argument(metavar="FILE", help="reports/run_evidence.json of `make evidence`.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Attach the record of a run to its version; refused when it is about other files."""
    if not record.is_file():
        raise Invalid(
            f"{record} is no file.", advice="Nothing was kept; run `make evidence` in the repository."
        )
    result = run(_attach(run_id, record))
    if as_json:
        emit(result)
    else:
        typer.echo("\n".join([*result["says"], f"Kept as {result['artifact_id']}."]))
    raise typer.Exit(ExitCode.DONE)


async def _attach(run_id: str, record: Path) -> dict[str, Any]:
    data = await asyncio.to_thread(record.read_bytes)
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        attached = await services.evidence.attach(local_owner(), decision_set.id, data)
    return {
        "status": "done",
        "run_id": decision_set.run_id,
        "decision_set_id": decision_set.id,
        "artifact_id": attached.artifact.id,
        "sha256": attached.artifact.sha256,
        "says": list(attached.says),
        "problem": None,
    }
