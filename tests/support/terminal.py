"""The command as a person runs it, in this process."""

import json
from typing import Any

from typer.testing import CliRunner, Result

from libs.cli.main import app
from libs.core.errors import Invalid, ProductError


class Terminal:
    """The command in this process, over a home folder of its own."""

    def __init__(self) -> None:
        self._runner = CliRunner()

    def __call__(self, *arguments: str) -> Result:
        return self._runner.invoke(app, [*arguments])

    def json(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        done = self(*arguments, "--json")
        assert done.exit_code == code, (done.output, done.exception)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def refused(self, *arguments: str, by: type[ProductError] = Invalid) -> ProductError:
        """The error that ended the command."""
        done = self(*arguments)
        assert isinstance(done.exception, by), (done.output, done.exception)
        return done.exception
