"""Where log lines go."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog

from libs.core import logging


@pytest.fixture(autouse=True)
def _unconfigured() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_a_line_goes_to_the_stream_that_is_stderr_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = io.StringIO(), io.StringIO()
    logging.configure("info", "json")
    log = structlog.get_logger()
    monkeypatch.setattr("sys.stderr", first)
    log.info("one")
    first.close()
    monkeypatch.setattr("sys.stderr", second)

    log.warning("two", answer=2)

    assert json.loads(second.getvalue()) == {
        "answer": 2,
        "event": "two",
        "level": "warning",
        "timestamp": json.loads(second.getvalue())["timestamp"],
    }


def test_ids_are_on_every_line_inside_the_block(capsys: pytest.CaptureFixture[str]) -> None:
    logging.configure("info", "json")
    log = structlog.get_logger()

    with logging.bound(run_id="run_1", node=None):
        log.info("inside")
    log.info("outside")

    inside, outside = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert inside["run_id"] == "run_1"
    assert "node" not in inside
    assert "run_id" not in outside
