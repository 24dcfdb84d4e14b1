"""The twin that answers from recordings."""

import json
from pathlib import Path

import pytest

from libs.sandbox.adapters.recorded import RecordedSandbox
from libs.sandbox.port import Command, SandboxUnavailable


class TestRecordedSandbox:
    async def test_answers_from_a_file(self, tmp_path: Path) -> None:
        table = tmp_path / "outcomes.json"
        table.write_text(json.dumps([{"argv": ["ruff", "check"], "exit_code": 1, "stdout": "E501"}]))

        outcome = await RecordedSandbox.from_file(table).run(Command(argv=("ruff", "check")))

        assert (outcome.exit_code, outcome.stdout) == (1, b"E501")

    async def test_invents_nothing(self) -> None:
        with pytest.raises(SandboxUnavailable, match="No outcome is recorded for 'ruff check'"):
            await RecordedSandbox({}).run(Command(argv=("ruff", "check")))
