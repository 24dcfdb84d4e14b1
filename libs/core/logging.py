"""Structured logs with the correlation id of the request, job and node they belong to."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


def configure(level: str, log_format: str) -> None:
    """Sets up structlog for the process; logs go to stderr, so that stdout stays a result."""
    as_json = log_format == "json" or (log_format == "auto" and not sys.stderr.isatty())
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=_to_standard_error,
        cache_logger_on_first_use=True,
    )


class _StandardError:
    """Whatever stderr is when a line is written: a stream kept from the first line may have been closed since."""

    def msg(self, message: str) -> None:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = exception = log = fatal = msg


def _to_standard_error(*_arguments: object) -> _StandardError:
    return _StandardError()


@contextmanager
def bound(**values: str | None) -> Iterator[None]:
    """Adds values (correlation_id, job_id, run_id, node) to every log line inside the block."""
    with structlog.contextvars.bound_contextvars(**{k: v for k, v in values.items() if v is not None}):
        yield
