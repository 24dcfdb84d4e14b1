"""The command line: every other door is opened from here."""

import sys
from typing import Annotated

import typer

from libs.cli import bench, check, design, extract, runs, serve
from libs.cli.result import Usage

app = typer.Typer(
    name="agentic-mlops",
    help="Turns a brief in plain words into an approved design, a validated MLOps repository and a zip.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    rich_markup_mode=None,
)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("migrate")(serve.migrate)
app.command("doctor")(serve.doctor)
app.command("design")(design.design)
app.command("extract")(extract.extract)
app.command("check")(check.check)
app.command("bench")(bench.bench)
app.add_typer(runs.app, name="runs", help="List, show, watch, decide, compare and download runs.")


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version as installed

        typer.echo(installed("agentic-mlops"))
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """Options of every command."""


def main() -> None:
    """Entry point; failures end with a sentence, what was kept and what to do, never with a trace."""
    from libs.core.errors import ProductError

    try:
        app(standalone_mode=True)
    except ProductError as error:
        code = Usage.fail(error, "--json" in sys.argv)
        sys.exit(code)
    except KeyboardInterrupt:
        typer.echo("Stopped. What had finished is kept.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
