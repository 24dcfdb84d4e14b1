"""`runs share`, `runs shares` and `runs unshare`: links that show one version to others."""

from typing import Annotated, Any

import typer

from libs.cli.result import emit
from libs.cli.session import find_decision_set, opened, run
from libs.core.principal import local_owner
from libs.core.settings import Settings
from libs.shares.models import DEFAULT_DAYS, LONGEST_DAYS, Share

RunId = Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id.")]
AsJson = Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")]


def share(
    run_id: RunId,
    days: Annotated[int, typer.Option(min=1, max=LONGEST_DAYS, help="How long it works.")] = DEFAULT_DAYS,
    note: Annotated[str, typer.Option(help="What it is for; its readers see it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a link that shows this version, and nothing else, to anybody who has it."""
    made = run(_share(run_id, days, note))
    if as_json:
        emit(made)
        return
    typer.echo(made["url"])
    typer.echo(f"It works until {_day(made)} and is not shown again.", err=True)
    typer.echo(f"End it sooner with: agentic-mlops runs unshare {run_id} {made['id']}", err=True)


def shares(run_id: RunId, as_json: AsJson = False) -> None:
    """List the links to this version, newest first."""
    listed = run(_shares(run_id))
    if as_json:
        emit({"status": "done", "shares": listed, "problem": None})
        return
    for each in listed:
        typer.echo(f"{each['id']}  {each['status']:<8} until {_day(each)}  {each['note']}".rstrip())


def unshare(
    run_id: RunId,
    share_id: Annotated[str, typer.Argument(metavar="SHARE_ID", help="As `runs shares` lists it.")],
    as_json: AsJson = False,
) -> None:
    """End a link at once."""
    run(_unshare(run_id, share_id))
    if as_json:
        emit({"status": "done", "id": share_id, "problem": None})
    else:
        typer.echo(f"{share_id} opens nothing any more.")


async def _share(run_id: str, days: int, note: str) -> dict[str, Any]:
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.write() as session:
            made = await services.shares.create(session, local_owner(), decision_set.id, days=days, note=note)
    return {
        **_shown(made.share),
        "status": "done",
        "run_id": decision_set.run_id,
        "token": made.token,
        "path": made.path,
        "url": _base(services.settings) + made.path,
        "problem": None,
    }


async def _shares(run_id: str) -> list[dict[str, Any]]:
    found: list[Share] = []
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.read() as session:
            while page := await services.shares.list(
                session, local_owner(), decision_set.id, after=found[-1].id if found else None, limit=200
            ):
                found += page
        now = services.clock.now()
    return [{**_shown(each), "status": each.status(now)} for each in found]


async def _unshare(run_id: str, share_id: str) -> None:
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.write() as session:
            await services.shares.revoke(session, local_owner(), decision_set.id, share_id)


def _shown(share: Share) -> dict[str, Any]:
    return share.model_dump(mode="json", exclude={"organisation_id"})


def _day(shown: dict[str, Any]) -> str:
    return str(shown["expires_at"])[:10]


def _base(settings: Settings) -> str:
    """Where people reach the product, as far as the settings say."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url.rstrip("/") or f"http://{host}:{settings.port}"
