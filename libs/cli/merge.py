"""`runs merge`: a new version of a design goes into the repository that a person has edited."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from libs.bootstrap import Services
from libs.cli.result import ExitCode, emit
from libs.cli.session import find_decision_set, opened, run
from libs.codegen import payload
from libs.codegen.answers import ANSWERS_PATH
from libs.codegen.merging.errors import UncommittedEdits
from libs.codegen.merging.identity import clues_in, package_of
from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.models import MergePlan, MergeReport
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.codegen.merging.tree import WorkTree
from libs.codegen.models import RenderedFile
from libs.core.principal import local_owner
from libs.git.program import Git
from libs.git.worktree import uncommitted
from libs.projects.models import DecisionSet
from libs.workflow.origins import Origin, Origins

_REPORTS = "reports"
_MOST_SHOWN = 20
_TITLES = {
    "added": "new",
    "updated": "updated",
    "merged": "merged with your edits",
    "moved": "moved",
    "removed": "removed",
    "kept": "kept as you edited them",
    "kept_deleted": "still deleted",
    "left_behind": "yours, in folders that the design has no more",
    "replaced": "answers and reports, replaced",
}


def merge(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run or decision set id of the new version.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The repository as you have edited it.")],
    base: Annotated[
        str, typer.Option(help="Run or decision set that DIR came from; DIR itself tells it when left out.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen and write nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Also over edits that are not committed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Merge a version into a repository with your edits; conflicts are marked, listed and end with exit code 4."""
    result = run(_merge(run_id, folder, base, dry_run, force))
    if as_json:
        emit(result)
    else:
        typer.echo("\n".join(_told(result)))
    raise typer.Exit(ExitCode.WAITING if result["conflicts"] else ExitCode.DONE)


async def _merge(run_id: str, folder: Path, base: str, dry_run: bool, force: bool) -> dict[str, Any]:
    tree = WorkTree(folder)
    async with opened() as services:
        git = Git(services.settings.git_bin)
        if not (force or dry_run):
            _check_committed(git, tree)
        decision_set = await find_decision_set(services, run_id)
        origin = await _origin(services, tree, base)
        packed = await _content(services, decision_set, "payload.zip")
        whole = await _content(services, decision_set, "repository.zip")
    plan = await asyncio.to_thread(_plan, git, tree, origin, payload.read(packed), payload.read(whole))
    if not dry_run and not plan.report.is_empty:
        await asyncio.to_thread(tree.write, plan)
    return _result(decision_set, origin, plan.report, payload.payload_sha256(packed), dry_run)


def _check_committed(git: Git, tree: WorkTree) -> None:
    edited = uncommitted(git, tree.root)
    if edited:
        raise UncommittedEdits(
            f"{tree.root} has edits that are not committed: {', '.join(edited[:5])}{' …' if edited[5:] else ''}.",
            advice="Nothing was written. Commit or stash them, so that the merge can be undone; or add --force.",
            paths=list(edited[:_MOST_SHOWN]),
        )


async def _origin(services: Services, tree: WorkTree, base: str) -> Origin:
    origins = Origins(services.projects, services.content)
    named = await find_decision_set(services, base) if base else None
    clues = await asyncio.to_thread(clues_in, tree)
    async with services.db.read() as session:
        if named is not None:
            return await origins.named(session, local_owner(), named.id)
        return await origins.find(session, local_owner(), clues)


async def _content(services: Services, decision_set: DecisionSet, name: str) -> bytes:
    owner = local_owner()
    async with services.db.read() as session:
        artifact = await services.projects.latest_artifact(session, owner, decision_set.id, name)
    return await services.content.get(owner.organisation_id, artifact.sha256)


def _plan(
    git: Git,
    tree: WorkTree,
    origin: Origin,
    files: tuple[RenderedFile, ...],
    whole: tuple[RenderedFile, ...],
) -> MergePlan:
    before = {file.path: file for file in origin.files}
    after = {file.path: file for file in files}
    reports = {file.path: file for file in whole if file.path.startswith(f"{_REPORTS}/")}
    names = [
        package_of(each[ANSWERS_PATH].content) if ANSWERS_PATH in each else "" for each in (before, after)
    ]
    return plan_merge(
        before,
        tree,
        after,
        LineMerge(git),
        packages=Packages(*names),
        reports=reports if tree.has_folder(_REPORTS) else None,
    )


def _result(
    decision_set: DecisionSet, origin: Origin, report: MergeReport, payload_sha256: str, dry_run: bool
) -> dict[str, Any]:
    return {
        "status": "conflicts" if report.conflicts else "done",
        "run_id": decision_set.run_id,
        "decision_set_id": decision_set.id,
        "payload_sha256": payload_sha256,
        "base": {"payload_sha256": origin.payload_sha256, "found_by": origin.how},
        "dry_run": dry_run,
        "changed": not report.is_empty,
        **report.to_json(),
        "problem": None,
    }


def _told(result: dict[str, Any]) -> list[str]:
    lines = []
    for name, title in _TITLES.items():
        paths = [" → ".join(each) if isinstance(each, list) else each for each in result[name]]
        if paths:
            lines.append(f"{title}: {len(paths)}")
            lines += [f"  {path}" for path in paths[:_MOST_SHOWN]]
            lines += (
                [f"  and {len(paths) - _MOST_SHOWN} more; --json lists them all"]
                if paths[_MOST_SHOWN:]
                else []
            )
    if result["kept_deleted_changed"]:
        lines.append(
            f"the new design changed {len(result['kept_deleted_changed'])} of the files you had deleted"
        )
    lines += [_line_of(conflict) for conflict in result["conflicts"]]
    if not result["changed"]:
        return [*lines, "Nothing to merge: the folder holds this version already."]
    if result["conflicts"]:
        lines.append(f"{len(result['conflicts'])} conflicts to decide.")
    else:
        lines.append("No conflicts.")
    return [*lines, "Nothing was written: --dry-run." if result["dry_run"] else "Everything else is merged."]


def _line_of(conflict: dict[str, Any]) -> str:
    place = f"{conflict['path']}:{conflict['line']}" if conflict["line"] else conflict["path"]
    return f"conflict ({conflict['kind']}) {place}  {conflict['message']}"
