"""A command group whose commands are imported when they are called, so that each starts as fast as it can."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS: Mapping[str, str] = {
    "serve": "libs.cli.serve:serve",
    "worker": "libs.cli.serve:worker",
    "migrate": "libs.cli.serve:migrate",
    "doctor": "libs.cli.serve:doctor",
    "design": "libs.cli.design:design",
    "extract": "libs.cli.extract:extract",
    "check": "libs.cli.check:check",
    "bench": "libs.cli.bench:bench",
    "runs": "libs.cli.runs:app",
    "prices": "libs.cli.prices:app",
}
"""Name → module and attribute: a function, or a Typer application for a group."""


class OnDemandGroup(TyperGroup):
    """Finds commands by name in `COMMANDS`; Typer keeps the types of contexts and commands to itself."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            command = typer.main.get_command(found)
            command.name = cmd_name
            return command
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        single.command(cmd_name)(found)
        return typer.main.get_command(single)
