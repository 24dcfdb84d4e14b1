"""`python -m PACKAGE.serve`: fetches the model if it is missing, then answers HTTP requests."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import uvicorn

from ..model.store import fetch_model
from ..online_features.chosen import online_features
from .app import create_app

COMMANDS = ("serve",)
"""SageMaker passes `serve`; it is also the default."""
KEEP_ALIVE_SECONDS = 75
"""Longer than a load balancer keeps idle connections, 60 s: it may take one up that is closed."""


def main() -> None:
    """Serves until the process is asked to stop; defaults come from the environment."""
    variables = os.environ
    parser = argparse.ArgumentParser(description="Answer HTTP requests.")
    parser.add_argument("command", nargs="?", choices=COMMANDS)
    parser.add_argument("--model", type=Path, help="default: MODEL_DIR, else SageMaker's folder")
    parser.add_argument("--host", default=variables.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(variables.get("PORT", "8000")))
    arguments = parser.parse_args()
    model = arguments.model or Path(variables.get("MODEL_DIR", "/opt/ml/model"))
    address = variables.get("MODEL_URI")
    if address and not (model / "model.json").is_file():
        fetch_model(address, model)
    app = create_app(model, online_features(variables))
    host, port = arguments.host, arguments.port
    uvicorn.run(app, host=host, port=port, timeout_keep_alive=KEEP_ALIVE_SECONDS)


if __name__ == "__main__":
    main()
