"""A terminal over a home folder of its own."""

from pathlib import Path

import pytest

from tests.support.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name, value in {"HOME": str(tmp_path), "CHECKS": "twin", "SANDBOX": "recorded"}.items():
        monkeypatch.setenv(f"AGENTIC_MLOPS_{name}", value)
    return Terminal()
