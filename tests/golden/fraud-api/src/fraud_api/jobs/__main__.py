"""`python -m PACKAGE.jobs process|train|score|promote`: the command of the training image."""

from __future__ import annotations

import argparse
import os
import sys

from ..running.errors import EXIT_REFUSED, EXIT_USAGE, DataRefused, UsageError
from ..running.stopping import Stopper


def main(argv: list[str] | None = None) -> int:
    """Runs one job and returns its exit code; addresses come from the environment."""
    parser = argparse.ArgumentParser(description="Run a job of the pipeline.")
    parser.add_argument("job", choices=("process", "train", "score", "promote"))
    parser.add_argument("--version", default="", help="to make current, for promote")
    arguments = parser.parse_args(argv)
    job = arguments.job
    stopper = Stopper()
    stopper.watch()
    from .process import process
    from .score import score
    from .settings import JobSettings
    from .train import promote, train

    try:
        settings = JobSettings.from_environment(os.environ)
        if job == "process":
            return process(settings)
        if job == "promote":
            return promote(settings, arguments.version)
        return train(settings, stopper) if job == "train" else score(settings)
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return EXIT_USAGE
    except DataRefused as error:
        print(f"refused: {error.message} {error.advice}", file=sys.stderr)
        return EXIT_REFUSED


if __name__ == "__main__":
    sys.exit(main())
