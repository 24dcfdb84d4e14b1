"""`runs retry`: a run that failed or was stopped goes on where it broke off."""

from typing import Annotated, Any

import typer

from libs.cli.journey import Journey, follow
from libs.cli.progress import Progress
from libs.cli.result import emit
from libs.cli.session import find_decision_set, opened, run
from libs.core.principal import local_owner


def retry(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id.")],
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Let a run that failed or was cancelled go on at the step where it broke off, then follow it."""
    code, result = run(_retried(run_id, as_json))
    if as_json:
        emit(result)
    raise typer.Exit(code)


async def _retried(run_id: str, as_json: bool) -> tuple[int, dict[str, Any]]:
    owner = local_owner()
    async with opened(with_worker=True) as services:
        decision_set = await find_decision_set(services, run_id)
        after = await services.events.latest_seq(owner, decision_set.run_id)
        async with services.db.write() as session:
            await services.runs.retry(session, owner, decision_set.run_id)
        journey = Journey(services, decision_set.run_id, decision_set.id, after=after)
        return await follow(journey, Progress.for_terminal(as_json=as_json))
