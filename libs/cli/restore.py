"""`runs restore`: an earlier version becomes the newest one again."""

from typing import Annotated, Any

import typer

from libs.cli.journey import Journey, outcome
from libs.cli.result import emit
from libs.cli.session import find_decision_set, opened, run
from libs.core.principal import local_owner
from libs.runs.lifecycle import new_correlation_id


def restore(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id of that version.")],
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Make a new version with the design and the files of an earlier one; nothing is made anew."""
    code, version, result = run(_restored(run_id))
    if as_json:
        emit(result)
    else:
        typer.echo(f"{result['run_id']} is version {version}")
        typer.echo(f"What changed by it: agentic-mlops runs diff {result['run_id']}")
    raise typer.Exit(code)


async def _restored(run_id: str) -> tuple[int, int, dict[str, Any]]:
    owner = local_owner()
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        restorable = await services.restores.prepare(owner, decision_set.id)
        async with services.db.write() as session:
            restored = await services.restores.restore(session, owner, restorable, new_correlation_id())
        async with services.db.read() as session:
            made = await services.projects.decision_set(session, owner, restored.decision_set_id)
        code, result = await outcome(Journey(services, restored.run_id, restored.decision_set_id))
    return code, made.version, result
