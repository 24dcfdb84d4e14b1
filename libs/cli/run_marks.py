"""`runs rename`, `pin`, `unpin` and `archive`: what a person does with a run to find it again, or not to see it."""

from typing import Annotated, Any

import typer

from libs.cli.result import emit
from libs.cli.session import find_decision_set, opened, run
from libs.core.principal import local_owner

RunId = Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id.")]
AsJson = Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")]


def rename(
    run_id: RunId,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="At most 200 characters.")],
    as_json: AsJson = False,
) -> None:
    """Give a run another title."""
    result = run(_change(run_id, title=title))
    _tell(result, f"{result['run_id']} is called {result['title']}", as_json)


def pin(run_id: RunId, as_json: AsJson = False) -> None:
    """Pin a run."""
    result = run(_change(run_id, pinned=True))
    _tell(result, f"{result['run_id']} is pinned", as_json)


def unpin(run_id: RunId, as_json: AsJson = False) -> None:
    """Take the pin off a run."""
    result = run(_change(run_id, pinned=False))
    _tell(result, f"{result['run_id']} is not pinned", as_json)


def archive(
    run_id: RunId,
    undo: Annotated[bool, typer.Option("--undo", help="List it again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Leave a run out of lists; everything it has made is kept. One that still works is stopped first."""
    result = run(_change(run_id, archived=not undo))
    _tell(result, f"{result['run_id']} is {'listed again' if undo else 'archived'}", as_json)


def _tell(result: dict[str, Any], line: str, as_json: bool) -> None:
    if as_json:
        emit(result)
    else:
        typer.echo(line)


async def _change(run_id: str, **changes: Any) -> dict[str, Any]:
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.write() as session:
            changed = await services.projects.change_decision_set(
                session, local_owner(), decision_set.id, **changes
            )
    return {
        "status": "done",
        "run_id": changed.run_id,
        "decision_set_id": changed.id,
        "title": changed.title,
        "pinned": changed.pinned,
        "archived": changed.archived,
        "problem": None,
    }
