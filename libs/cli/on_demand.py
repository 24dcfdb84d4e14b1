"""A command group whose commands are imported when they are called, so that each starts as fast as it can."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup


class Command(NamedTuple):
    """Where a command is written, and its line in the list of commands."""

    target: str
    """Module and attribute: a function, or a Typer application for a group."""
    summary: str


COMMANDS: Mapping[str, Command] = {
    "serve": Command("libs.cli.serve:serve", "Serve the API, the page and a worker in one process."),
    "worker": Command("libs.cli.serve:worker", "Work on jobs until told to stop."),
    "migrate": Command("libs.cli.serve:migrate", "Bring the database to the schema of this version."),
    "doctor": Command("libs.cli.serve:doctor", "Say what works on this machine and what does not."),
    "design": Command("libs.cli.design:design", "Carry a brief to a design, a repository and a zip."),
    "extract": Command("libs.cli.extract:extract", "Read the requirements out of briefs, line by line."),
    "check": Command("libs.cli.check:check", "Run every check on a repository."),
    "bench": Command("libs.cli.bench:bench", "Measure this machine, with targets beside figures."),
    "runs": Command("libs.cli.runs:app", "List, show, watch, decide, compare and download runs."),
    "prices": Command("libs.cli.prices:app", "Show unit prices with their receipts, or fetch today's."),
}


class OnDemandGroup(TyperGroup):
    """Finds commands by name in `COMMANDS`; Typer keeps the types of contexts and commands to itself."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].target.partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            command = typer.main.get_command(found)
            command.name = cmd_name
            return command
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        single.command(cmd_name)(found)
        return typer.main.get_command(single)
