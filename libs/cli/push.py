"""`runs push`: a version of a design as a commit on a branch of a Git remote."""

import asyncio
from functools import partial
from typing import Annotated, Any

import typer

from libs.cli.result import ExitCode, emit
from libs.cli.session import find_decision_set, opened, run
from libs.codegen import payload
from libs.codegen.commit_message import Version, commit_message
from libs.core.errors import Invalid
from libs.core.principal import local_owner
from libs.git.commits import Author
from libs.git.program import Git
from libs.git.pushing import Push, Pushed
from libs.git.pushing import push as push_files
from libs.git.remote import Remote, check_branch, check_folder, read_remote
from libs.projects.models import DecisionSet


def push(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id.")],
    remote: Annotated[str, typer.Argument(help="https://host/path, ssh://user@host/path or user@host:path.")],
    branch: Annotated[
        str, typer.Option(help="Branch that belongs to the platform; made when it is not there.")
    ],
    message: Annotated[str, typer.Option(help="First line of the commit message.")] = "",
    folder: Annotated[
        str, typer.Option("--dir", help="Folder of the remote's repository to push into.")
    ] = "",
    orphan: Annotated[
        bool, typer.Option("--orphan", help="Start a new branch without the default branch's history.")
    ] = False,
    take_over: Annotated[
        bool,
        typer.Option(
            "--take-over", help="Also on top of commits that are not from here; undoes their edits."
        ),
    ] = False,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="REMOTE may be a folder of this machine; its hooks run.")
    ] = False,
    timeout: Annotated[float, typer.Option(min=1, max=3600, help="Seconds for all of it.")] = 120.0,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Push a version with its reports as one commit; Git merges it with your branches, version after version."""
    place = read_remote(remote, allow_local=allow_local)
    check_branch(branch)
    check_folder(folder)
    result = run(_push(run_id, place, branch, message, folder, orphan, take_over, timeout))
    if as_json:
        emit(result)
    else:
        typer.echo(_told(result))
    raise typer.Exit(ExitCode.DONE)


async def _push(
    run_id: str,
    remote: Remote,
    branch: str,
    subject: str,
    folder: str,
    orphan: bool,
    take_over: bool,
    timeout_s: float,
) -> dict[str, Any]:
    owner = local_owner()
    async with opened() as services:
        decision_set = await find_decision_set(services, run_id)
        async with services.db.read() as session:
            stored = await services.projects.latest_artifact(
                session, owner, decision_set.id, "repository.zip"
            )
            packed = await services.projects.latest_artifact(session, owner, decision_set.id, "payload.zip")
        data = await services.content.get(owner.organisation_id, stored.sha256)
        author = _author(services.settings.git_author)
        git = Git(services.settings.git_bin)
    version = Version(
        decision_set_id=decision_set.id,
        version=decision_set.version,
        title=decision_set.title,
        payload_sha256=packed.sha256,
        monthly_usd=decision_set.summary.get("monthly_usd"),
    )
    request = Push(
        remote=remote,
        branch=branch,
        files=payload.read(data),
        message=partial(commit_message, version, subject=subject),
        author=author,
        folder=folder,
        orphan=orphan,
        take_over=take_over,
        timeout_s=timeout_s,
    )
    return _result(decision_set, version, request, await asyncio.to_thread(push_files, git, request))


def _author(text: str) -> Author:
    name, _, rest = text.partition("<")
    address, closed, _ = rest.partition(">")
    if not (name.strip() and address.strip() and closed):
        raise Invalid(
            f"AGENTIC_MLOPS_GIT_AUTHOR is {text!r}, which is no `Name <address>`.",
            advice="Nothing was pushed.",
        )
    return Author(name.strip(), address.strip())


def _result(decision_set: DecisionSet, version: Version, request: Push, pushed: Pushed) -> dict[str, Any]:
    return {
        "status": "done",
        "run_id": decision_set.run_id,
        "decision_set_id": decision_set.id,
        "payload_sha256": version.payload_sha256,
        "remote": request.remote.shown,
        "branch": request.branch,
        "commit": pushed.commit,
        "parent": pushed.parent,
        "created_branch": pushed.created,
        "changed": pushed.is_new,
        "added": list(pushed.changes.added),
        "updated": list(pushed.changes.changed),
        "removed": list(pushed.changes.removed),
        "problem": None,
    }


def _told(result: dict[str, Any]) -> str:
    where = f"{result['branch']} of {result['remote']}"
    if not result["changed"]:
        return f"{where} holds this version already, as commit {result['commit'][:12]}."
    counts = (
        f"{len(result['added'])} added, {len(result['updated'])} changed, {len(result['removed'])} removed"
    )
    made = "made" if result["created_branch"] else "extended"
    return f"{result['commit'][:12]}: {where} {made}; {counts}."
