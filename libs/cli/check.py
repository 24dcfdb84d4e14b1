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
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Run every check on a repository: Terraform, policies, lint, its own tests."""
    if not folder.is_dir():
        raise Invalid(f"{folder} is not a folder.", advice="Nothing was checked.")
    result = run(_check(folder, Progress.for_terminal(as_json=as_json)))
    if as_json:
        emit(result)
    raise typer.Exit(ExitCode.DONE if result["status"] == "done" else ExitCode.BLOCKED)


async def _check(folder: Path, progress: Progress) -> dict[str, Any]:
    from libs.bootstrap import checks_of, sandbox_of
    from libs.cli.output import read_repository
    from libs.codegen import payload
    from libs.codegen.models import CheckResult
    from libs.core.settings import Settings

    settings = Settings()
    packed = payload.pack(read_repository(folder))

    async def show(result: CheckResult) -> None:
        progress.say(f"{result.check:<20} {result.status:<8} {result.reason}", STATUS_STYLE[result.status])
        for finding in result.findings[:20]:
            if not finding.suppressed:
                progress.say(f"    {finding.path}:{finding.line or 1}  {finding.check_id}  {finding.message}")

    results = await checks_of(settings, sandbox_of(settings)).run(packed, show)
    failed = [r.check for r in results if r.status == "fail"]
    return {
        "status": "blocked" if failed else "done",
        "payload_sha256": payload.payload_sha256(packed),
        "checks": [r.to_json() for r in results],
        "problem": {"code": "codegen.checks_red", "message": f"red: {', '.join(failed)}"} if failed else None,
    }
