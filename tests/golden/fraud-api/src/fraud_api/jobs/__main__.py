"""`python -m PACKAGE.jobs JOB`: the command of the training image."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from ..running.errors import EXIT_REFUSED, EXIT_USAGE, DataRefused, UsageError
from ..running.stopping import Stopper, limit_time

JOBS = ("process", "train", "score", "promote")


def main(argv: list[str] | None = None) -> int:
    """Runs one job and returns its exit code; addresses come from the environment."""
    parser = argparse.ArgumentParser(description="Run a job of the pipeline.")
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("--version", default="", help="to make current, for promote")
    arguments = parser.parse_args(argv)
    limit_time(os.environ)
    stopper = Stopper()
    stopper.watch()
    from .process import process
    from .score import score
    from .settings import JobSettings
    from .train import promote, train

    jobs: dict[str, Callable[[JobSettings], int]] = {
        "process": process,
        "train": lambda settings: train(settings, stopper),
        "score": score,
        "promote": lambda settings: promote(settings, arguments.version),
    }
    try:
        return jobs[arguments.job](JobSettings.from_environment(os.environ))
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return EXIT_USAGE
    except DataRefused as error:
        print(f"refused: {error.message} {error.advice}", file=sys.stderr)
        return EXIT_REFUSED


if __name__ == "__main__":
    sys.exit(main())
