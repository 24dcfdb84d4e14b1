"""The command line: every other door is opened from here."""

import sys
from typing import Annotated

import typer

from libs.cli.on_demand import OnDemandGroup
from libs.cli.result import Usage

app = typer.Typer(
    name="agentic-mlops",
    cls=OnDemandGroup,
    help="Turns a brief in plain words into an approved design, a validated MLOps repository and a zip.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    rich_markup_mode=None,
)


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
