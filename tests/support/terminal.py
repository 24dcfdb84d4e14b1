"""The command in the process of the test."""

import json
from typing import Any

from typer.testing import CliRunner, Result

from libs.cli.main import app
from libs.core.errors import Invalid


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

    def refused(self, *arguments: str) -> Invalid:
        done = self(*arguments)
        assert isinstance(done.exception, Invalid), (done.output, done.exception)
        return done.exception
