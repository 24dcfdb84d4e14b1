"""`runs`: list, mark, show, watch, decide, retry, restore, compare, download, merge, push, share, attach evidence."""

from pathlib import Path
from typing import Annotated, Any

import typer

from libs.cli.answers import read_answers, read_pairs, read_values
from libs.cli.effect_words import told
from libs.cli.evidence import evidence
from libs.cli.gate_words import default_in_words
from libs.cli.journey import Journey, follow, outcome
from libs.cli.merge import merge
from libs.cli.output import checked_target, write_repository
from libs.cli.progress import Progress
from libs.cli.push import push
from libs.cli.restore import restore
from libs.cli.result import ExitCode, emit
from libs.cli.retry import retry
from libs.cli.run_marks import archive, pin, rename, unpin
from libs.cli.session import find_decision_set, opened, run
from libs.cli.shares import share, shares, unshare
from libs.cli.waivers import read_waivers
from libs.core.errors import Invalid
from libs.core.principal import local_owner
from libs.planning.models import Plan
from libs.projects.models import DecisionSet, DecisionSetFilter, ListedDecisionSet
from libs.runs.models import DecisionKind, Edits, GateDecision
from libs.workflow.what_if import Effect

app = typer.Typer(
    help="List, name, pin, archive, show, watch, decide, retry, restore, compare, download, merge, push and share "
    "runs; attach evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

RunId = Annotated[str, typer.Argument(help="Run or decision set id.")]
AsJson = Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")]
Constraints = Annotated[list[str] | None, typer.Option("--set", help="field=value; empty takes it back.")]
Components = Annotated[list[str] | None, typer.Option("--use", help="slot=option.")]
Assumptions = Annotated[
    list[str] | None, typer.Option("--assume", help="assumption=number; empty takes it back.")
]


@app.command("list")
def list_runs(
    status: Annotated[str, typer.Option(help="Only runs with this status.")] = "",
    search: Annotated[
        str, typer.Option(help="Only runs with these words in their title or their project's name.")
    ] = "",
    pinned: Annotated[bool, typer.Option("--pinned", help="Only pinned runs.")] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Archived runs, too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 20,
    as_json: AsJson = False,
) -> None:
    """Runs, newest first."""
    wanted = DecisionSetFilter(
        text=search, status=status or None, pinned=True if pinned else None, archived=archived
    )
    found = run(_list(wanted, limit))
    if as_json:
        runs = [{**each.decision_set.to_json(), "project_name": each.project_name} for each in found]
        emit({"status": "done", "runs": runs})
        return
    for each in found:
        typer.echo(_line(each.decision_set))


@app.command("show")
def show(run_id: RunId, as_json: AsJson = False) -> None:
    """Where a run is, and what it waits for."""
    code, result = run(_show(run_id))
    if as_json:
        emit(result)
    else:
        _print(result)
    raise typer.Exit(ExitCode.DONE if code == ExitCode.WAITING else code)


@app.command("plan")
def plan(
    run_id: RunId,
    cost: Annotated[bool, typer.Option("--cost", help="The bill, every line with its receipt.")] = False,
    assumptions: Annotated[bool, typer.Option("--assumptions", help="The figures it rests on.")] = False,
    why_not: Annotated[bool, typer.Option("--why-not", help="Why other options were left out.")] = False,
    as_json: AsJson = False,
) -> None:
    """The present plan: what it costs and why, what it assumes, what was rejected; all of it without a choice."""
    from rich.console import Console

    from libs.cli import plan_tables

    made = Plan.model_validate_json(run(_artifact(run_id, "plan.json")))
    if as_json:
        emit(made.to_json())
        return
    console = Console()
    everything = not (cost or assumptions or why_not)
    if cost or everything:
        plan_tables.show_cost(made, console)
    if assumptions or everything:
        plan_tables.show_assumptions(made, console)
    if why_not or everything:
        plan_tables.show_rejected(made, console)


@app.command("watch")
def watch(
    run_id: RunId,
    after: Annotated[int, typer.Option(help="Number of the last event seen.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Follow a run from any event on; works beside a server, or carries the run on itself."""
    code, result = run(_watch(run_id, after, as_json))
    if as_json:
        emit(result)
    raise typer.Exit(code)


@app.command("approve")
def approve(run_id: RunId, comment: Annotated[str, typer.Option()] = "", as_json: AsJson = False) -> None:
    """Approve the gate that waits, then follow the run."""
    _decide(run_id, "approve", as_json, comment=comment)


@app.command("reject")
def reject(
    run_id: RunId,
    comment: Annotated[str, typer.Option(help="Why.")],
    revise: Annotated[bool, typer.Option("--revise", help="Plan again with the comment.")] = False,
    as_json: AsJson = False,
) -> None:
    """Reject the gate that waits: end the run, or plan again with the comment."""
    _decide(run_id, "reject", as_json, comment=comment, revise=revise)


@app.command("answer")
def answer(
    run_id: RunId,
    answers: Annotated[str, typer.Option(help="YAML or JSON file of field: value.")] = "",
    text: Annotated[str, typer.Option(help="Further words about the system.")] = "",
    as_json: AsJson = False,
) -> None:
    """Answer the gate that waits, with typed answers or with words."""
    _decide(run_id, "respond", as_json, answers=read_answers(answers) or {}, text=text)


@app.command("edit")
def edit(
    run_id: RunId,
    constraint: Constraints = None,
    component: Components = None,
    assumption: Assumptions = None,
    waive: Annotated[
        list[str] | None, typer.Option("--waive", help="A failing rule to accept; with --reason and --until.")
    ] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option("--withdraw", help="A waived rule that is to block again.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why the rules are waived, or block again.")] = "",
    until: Annotated[
        str, typer.Option("--until", help="Last day on which the waivers hold, as YYYY-MM-DD.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Change constraints, components or assumptions at the gate that waits, waive failing rules or withdraw waivers."""
    edits = _edits(constraint, component, assumption)
    waivers = read_waivers(waive or [], "" if withdraw and not waive else reason, until)
    comment = reason if withdraw else ""
    _decide(run_id, "edit", as_json, edits=edits, waivers=waivers, withdrawn=withdraw or [], comment=comment)


@app.command("try")
def try_out(
    run_id: RunId,
    constraint: Constraints = None,
    component: Components = None,
    assumption: Assumptions = None,
    as_json: AsJson = False,
) -> None:
    """Show what an edit would do to price, latency, availability and policies; nothing is decided."""
    effect = run(_tried(run_id, _edits(constraint, component, assumption)))
    if as_json:
        emit(effect.to_json())
    else:
        typer.echo("\n".join(told(effect)))


def _edits(constraint: list[str] | None, component: list[str] | None, assumption: list[str] | None) -> Edits:
    assumptions = {name: _figure(name, value) for name, value in read_pairs(assumption or [])}
    return Edits(
        constraints=read_values(constraint or []),
        components=dict(read_pairs(component or [])),
        assumptions=assumptions,
    )


def _figure(name: str, value: str) -> float | None:
    try:
        return float(value) if value else None
    except ValueError as error:
        raise Invalid(
            f"{name}: {value!r} is no number.", advice="Write --assume assumption=number."
        ) from error


@app.command("cancel")
def cancel(run_id: RunId, as_json: AsJson = False) -> None:
    """Stop a run; what it has made is kept."""
    result = run(_cancel(run_id))
    if as_json:
        emit(result)
    else:
        typer.echo(f"{result['run_id']} is {result['status']}")


@app.command("diff")
def diff(run_id: RunId, as_json: AsJson = False) -> None:
    """What changed from the parent version: constraints, plan, cost, policy and code."""
    name = "diff.json" if as_json else "diff.md"
    content = run(_artifact(run_id, name)).decode()
    typer.echo(content.rstrip("\n"))


@app.command("download")
def download(
    run_id: RunId,
    out: Annotated[Path, typer.Option(help="Folder to unpack into; its zip becomes OUT.zip.")],
    as_json: AsJson = False,
) -> None:
    """Fetch the finished repository."""
    target = checked_target(out)
    if target is None:
        raise Invalid("Name a folder with --out.")
    archive = run(_download(run_id, target))
    if as_json:
        emit({"status": "done", "zip": archive})
    else:
        typer.echo(archive)


app.command("retry")(retry)
app.command("restore")(restore)
app.command("rename")(rename)
app.command("pin")(pin)
app.command("unpin")(unpin)
app.command("archive")(archive)
app.command("merge")(merge)
app.command("push")(push)
app.command("evidence")(evidence)
app.command("share")(share)
app.command("shares")(shares)
app.command("unshare")(unshare)


def _decide(run_id: str, kind: DecisionKind, as_json: bool, **details: Any) -> None:
    code, result = run(_decided(run_id, kind, as_json, details))
    if as_json:
        emit(result)
    raise typer.Exit(code)


async def _decided(
    run_id: str, kind: DecisionKind, as_json: bool, details: dict[str, Any]
) -> tuple[int, dict[str, Any]]:
    owner = local_owner()
    async with opened(with_worker=True) as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.read() as session:
            gate = await services.approvals.waiting(session, owner, decision_set.id)
            decision = GateDecision(gate_id=gate.id, digest=gate.digest, decision=kind, **details)
            await services.approvals.verify_shown(session, owner, decision)
        after = await services.events.latest_seq(owner, decision_set.run_id)
        async with services.db.write() as session:
            await services.approvals.decide(session, owner, decision_set.id, decision)
        journey = Journey(services, decision_set.run_id, decision_set.id, after=after)
        return await follow(journey, Progress.for_terminal(as_json=as_json))


def _line(decision_set: DecisionSet) -> str:
    cost = decision_set.summary.get("monthly_usd")
    marks = ", ".join(mark for mark in ("pinned", "archived") if getattr(decision_set, mark))
    return (
        f"{decision_set.run_id}  {decision_set.status:<9} v{decision_set.version:<3}"
        f" {f'${cost:,.0f}/month' if cost is not None else '':<14} {decision_set.title}"
        f"{f' ({marks})' if marks else ''}"
    )


async def _list(wanted: DecisionSetFilter, limit: int) -> list[ListedDecisionSet]:
    async with opened() as services, services.db.read() as session:
        return list(await services.projects.decision_sets(session, local_owner(), wanted, limit=limit))


async def _show(run_id: str) -> tuple[int, dict[str, Any]]:
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        return await outcome(Journey(services, decision_set.run_id, decision_set.id))


async def _watch(run_id: str, after: int, as_json: bool) -> tuple[int, dict[str, Any]]:
    async with opened(with_worker=True) as services:
        decision_set = await find_decision_set(services, run_id)
        journey = Journey(services, decision_set.run_id, decision_set.id, after=after)
        return await follow(journey, Progress.for_terminal(as_json=as_json))


async def _cancel(run_id: str) -> dict[str, Any]:
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.write() as session:
            cancelled = await services.runs.cancel(session, local_owner(), decision_set.run_id)
        return {"status": cancelled.status, "run_id": cancelled.id, "decision_set_id": decision_set.id}


async def _tried(run_id: str, edits: Edits) -> Effect:
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        return await services.what_ifs.effect(local_owner(), decision_set.id, edits)


async def _artifact(run_id: str, name: str) -> bytes:
    owner = local_owner()
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.read() as session:
            artifact = await services.projects.latest_artifact(session, owner, decision_set.id, name)
        return await services.content.get(owner.organisation_id, artifact.sha256)


async def _download(run_id: str, target: Path) -> str:
    async with opened() as services:
        return await write_repository(services, (await find_decision_set(services, run_id)).id, target)


def _print(result: dict[str, Any]) -> None:
    typer.echo(f"{result['run_id']}  {result['status']}")
    gate = result["gate"]
    if gate:
        typer.echo(f"{gate['title']}: {gate['message']}")
        typer.echo(f"waits since {gate['waiting_since']}; it offers: {', '.join(gate['decisions'])}")
        for waiver in gate["shown"].get("waivers", ()):
            typer.echo(
                f"  waived: {waiver['rule']} by {waiver['owner']} until {waiver['expires']}: {waiver['reason']}"
            )
        for question in gate["questions"]:
            typer.echo(f"  {question['field']}: {question['text']}")
            typer.echo(f"    {default_in_words(question)}; another answer {question['swing']}")
    if result["plan"]:
        for component in result["plan"]["components"]:
            typer.echo(f"  {component['slot']:<12} {component['title']}")
        typer.echo(f"  about ${result['cost']['expected_usd']:,.0f} a month")
    if result["problem"]:
        typer.echo(f"{result['problem']['message']} {result['problem'].get('advice', '')}")
