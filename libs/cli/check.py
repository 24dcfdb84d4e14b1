"""`check`: the validators on any generated repository."""

from pathlib import Path
from typing import Annotated, Any

import typer

from libs.cli.progress import STATUS_STYLE, Progress
from libs.cli.result import ExitCode, emit
from libs.cli.session import run
from libs.core.errors import Invalid


def check(
    folder: Annotated[Path, typer.Argument(help="A generated repository.")],
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Run every check again, also where its verdict is known.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Run every check on a repository: Terraform, policies, types, lint, licences, its own tests."""
    if not folder.is_dir():
        raise Invalid(f"{folder} is not a folder.", advice="Nothing was checked.")
    result = run(_check(folder, Progress.for_terminal(as_json=as_json), fresh=fresh))
    if as_json:
        emit(result)
    raise typer.Exit(ExitCode.DONE if result["status"] == "done" else ExitCode.BLOCKED)


async def _check(folder: Path, progress: Progress, *, fresh: bool) -> dict[str, Any]:
    from libs.bootstrap import blob_store, checks_of, sandbox_of
    from libs.cli import check_table
    from libs.cli.reading import read_repository
    from libs.codegen import payload
    from libs.codegen.models import CheckResult
    from libs.core.settings import Settings

    settings = Settings()
    repository = read_repository(folder)
    packed = payload.pack(repository.files)

    async def tell(result: CheckResult) -> None:
        progress.say(f"{result.check:<20} {result.status}", STATUS_STYLE[result.status])

    cache = None if fresh else blob_store(settings)
    results = await checks_of(settings, sandbox_of(settings), cache=cache).run(packed, tell)
    check_table.show(results, quiet=progress.quiet)
    if repository.links:
        progress.say(
            f"Not looked at, because links are not followed: {', '.join(repository.links)}",
            STATUS_STYLE["warn"],
        )
    failed = [r.check for r in results if r.status == "fail"]
    return {
        "status": "blocked" if failed else "done",
        "payload_sha256": payload.payload_sha256(packed),
        "checks": [r.to_json() for r in results],
        "links": repository.links,
        "problem": {"code": "codegen.checks_red", "message": f"red: {', '.join(failed)}"} if failed else None,
    }
