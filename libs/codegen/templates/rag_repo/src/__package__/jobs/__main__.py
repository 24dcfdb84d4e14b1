"""`python -m PACKAGE.jobs process|index|evaluate|answer`: the command of the training image."""

from __future__ import annotations

import argparse
import os
import sys

from ..running.errors import EXIT_REFUSED, EXIT_USAGE, DataRefused, UsageError
from ..running.stopping import Stopper, limit_time

EXIT_UNAVAILABLE = 1
"""A part did not answer: the same job may end well later."""


def main(argv: list[str] | None = None) -> int:
    """Runs one job and returns its exit code; addresses come from the environment."""
    parser = argparse.ArgumentParser(description="Run a job of the pipeline.")
    parser.add_argument("job", choices=("process", "index", "evaluate", "answer"))
    job = parser.parse_args(argv).job
    limit_time(os.environ)
    stopper = Stopper()
    stopper.watch()
    from ..answer_batch import UNAVAILABLE
    from ..settings import Settings
    from .answer import answer
    from .evaluate import evaluate
    from .index import index
    from .process import process

    try:
        settings = Settings.from_environment(os.environ)
        if job == "process":
            return process(settings, stopper)
        if job == "index":
            return index(settings, stopper)
        return evaluate(settings, stopper) if job == "evaluate" else answer(settings)
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return EXIT_USAGE
    except DataRefused as error:
        print(f"refused: {error.message} {error.advice}", file=sys.stderr)
        return EXIT_REFUSED
    except UNAVAILABLE as error:
        print(f"unavailable: {type(error).__name__}: {error}", file=sys.stderr)
        return EXIT_UNAVAILABLE


if __name__ == "__main__":
    sys.exit(main())
