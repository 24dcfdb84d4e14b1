"""`python -m PACKAGE.serve`: fetches the release if there is none yet, then answers HTTP requests."""

from __future__ import annotations

import argparse
import math
import os
from pathlib import Path

import uvicorn

from ..releases import FACTS_FILE, fetch_release
from ..settings import Settings
from ..system import System
from .app import create_app
from .interactions import Interactions

_IDLE_SECONDS, _AFTER_ANSWER_SECONDS = 60, 10
"""How long a load balancer keeps idle connections: the first, or so much longer than an answer may take."""


def keep_alive_seconds(answer_seconds: float) -> int:
    """Longer than a load balancer keeps idle connections: it may take one up that is closed."""
    return 15 + math.ceil(max(_IDLE_SECONDS, answer_seconds + _AFTER_ANSWER_SECONDS))


def main() -> None:
    """Serves until the process is asked to stop; defaults come from the environment."""
    variables = os.environ
    parser = argparse.ArgumentParser(description="Answer HTTP requests.")
    parser.add_argument("command", nargs="?", choices=("serve",), help="what SageMaker passes")
    parser.add_argument("--model", type=Path, help="default: MODEL_DIR, else SageMaker's folder")
    parser.add_argument("--host", default=variables.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(variables.get("PORT", "8000")))
    arguments = parser.parse_args()
    settings = Settings.from_environment(variables)
    release = arguments.model or Path(variables.get("MODEL_DIR", "/opt/ml/model"))
    address = variables.get("MODEL_URI")
    if address and not (release / FACTS_FILE).is_file():
        fetch_release(address, release)
    present = (release / FACTS_FILE).is_file()
    system = System.of_release(release, settings, waited_for=True) if present else None
    app = create_app(system, Interactions.of(settings, system))
    keep_alive = keep_alive_seconds(system.config.limits.answer_seconds if system else 0)
    uvicorn.run(app, host=arguments.host, port=arguments.port, timeout_keep_alive=keep_alive)


if __name__ == "__main__":
    main()
