"""`design`: the whole workflow in one call."""

from pathlib import Path
from typing import Annotated, Any

import typer

from libs.cli.answers import read_answers, read_brief, read_values
from libs.cli.gate_words import ways_on
from libs.cli.given_table import GivenTable, checked_table, hand_over
from libs.cli.journey import Journey, follow
from libs.cli.output import checked_target, write_repository
from libs.cli.progress import Progress
from libs.cli.result import ExitCode, emit
from libs.cli.session import opened, run
from libs.core.principal import local_owner
from libs.runs.lifecycle import new_correlation_id
from libs.workflow.service import DesignOptions, StartDesign


def design(
    brief: Annotated[
        str, typer.Argument(help="The brief itself, a file with it, or `-` for standard input.")
    ],
    answers: Annotated[
        str, typer.Option(help="`defaults`, or a YAML or JSON file of field: value, for the questions.")
    ] = "",
    constraint: Annotated[
        list[str] | None,
        typer.Option("--set", help="field=value beside the brief; may be given several times."),
    ] = None,
    approve: Annotated[
        bool, typer.Option("--approve", help="Approve the architecture without asking.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the unpacked repository; its zip becomes OUT.zip.")
    ] = None,
    parent: Annotated[str, typer.Option(help="Decision set that this brief changes.")] = "",
    name: Annotated[str, typer.Option(help="Name of the generated repository.")] = "",
    data: Annotated[
        Path | None, typer.Option(help="Table to design for: CSV, Parquet, JSONL or Excel (.xlsx).")
    ] = None,
    target: Annotated[
        str, typer.Option(help="Column of the table to predict; the likeliest one when left out.")
    ] = "",
    as_of: Annotated[str, typer.Option(help="Date (YYYY-MM-DD) for price ages; today when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Carry a brief to an approved design, a validated repository and a zip."""
    given = read_answers(answers)
    folder = checked_target(out)
    table = checked_table(data, target)
    request = StartDesign(
        messages=(read_brief(brief),),
        decision_set_id=parent or None,
        constraints=read_values(constraint or []),
        options=DesignOptions.model_validate({"name": name, "as_of": as_of or None}),
    )
    code, result = run(_design(request, given, approve, folder, as_json, table))
    if as_json:
        emit(result)
    raise typer.Exit(code)


async def _design(
    request: StartDesign,
    answers: dict[str, Any] | None,
    approve: bool,
    target: Path | None,
    as_json: bool,
    table: GivenTable | None,
) -> tuple[int, dict[str, Any]]:
    progress = Progress.for_terminal(as_json=as_json)
    async with opened(with_worker=True) as services:
        if table is not None:
            request = request.model_copy(update={"dataset": await hand_over(services, table, progress)})
        async with services.db.write() as session:
            started = await services.designs.start(session, local_owner(), request, new_correlation_id())
        progress.say(f"run {started.run_id}", "dim")
        journey = Journey(services, started.run_id, started.decision_set_id, answers=answers, approve=approve)
        code, result = await follow(journey, progress)
        if code == ExitCode.DONE and target is not None:
            result["zip"] = await write_repository(services, started.decision_set_id, target)
            progress.say(f"repository in {target}, its zip beside it: {result['zip']}", "bold")
        elif code in (ExitCode.WAITING, ExitCode.INFEASIBLE, ExitCode.BLOCKED):
            progress.say("Everything is kept. Go on with one of:")
            for command in ways_on(result["gate"], started.run_id):
                progress.say(f"  {command}")
    return code, result
