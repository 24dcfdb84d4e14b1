"""Starts real processes quickly: one parent imports the product once and forks a worker or a server for each order.

Orders come as JSON lines on stdin (`{"door": "worker" | "api", "settings": {...}}`), answers go as JSON lines to stdout
(`{"pid": n}` when started, `{"pid": n, "status": code}` when ended, negative for a signal). What is forked is a
process of its own: killing it is a real kill.
"""

import asyncio
import json
import os
import select
import sys
from typing import Any

BRIEF = (
    "We need a fraud detection API on AWS in eu-west-1, 200 requests per second, answers within 100 ms at p95, 99.9 % "
    "availability, GDPR, at most 2,000 dollars a month, retrained weekly on 50 GB, two engineers, no GPU."
)
"""Read once by the parent: expressions are compiled when they are first needed."""


def _child(order: dict[str, Any]) -> None:
    from libs.core import logging
    from libs.core.settings import Settings

    logging.configure("error", "json")
    doors = {"worker": _work, "api": _serve}
    asyncio.run(doors[order["door"]](Settings(**order["settings"])))


async def _work(settings: Any) -> None:
    import signal

    from libs.bootstrap import build
    from libs.worker.service import run_worker

    services = await build(settings)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        await run_worker(services, stop)
    finally:
        await services.close()


async def _serve(settings: Any) -> None:
    import uvicorn

    from api.main import create_app

    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=int(settings.drain_seconds),
    )
    await uvicorn.Server(config).serve()


def _tell(value: dict[str, Any]) -> None:
    os.write(1, (json.dumps(value) + "\n").encode())


def _reap() -> bool:
    """Reports children that ended; returns whether there are none left."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return True
        if pid == 0:
            return False
        _tell({"pid": pid, "status": os.waitstatus_to_exitcode(status)})


def main() -> None:
    import api.main  # noqa: F401
    import libs.bootstrap
    import libs.worker.service
    import libs.workflow.design  # noqa: F401  (imported once, for all children)
    from libs.intake.extraction import extract
    from libs.planning import choice_model
    from libs.planning.catalogue.loading import load_catalogue
    from libs.planning.policies.packs import load_packs

    choice_model.preload()
    load_catalogue(None)
    load_packs(None)
    extract(BRIEF)
    _tell({"ready": True})
    buffer = b""
    while True:
        readable, _, _ = select.select([0], [], [], 0.02)
        _reap()
        if not readable:
            continue
        data = os.read(0, 65536)
        if not data:
            return
        buffer += data
        *lines, buffer = buffer.split(b"\n")
        for line in lines:
            order = json.loads(line)
            pid = os.fork()
            if pid == 0:
                os.close(0)
                try:
                    _child(order)
                except BaseException as error:  # noqa: BLE001  (a fork must never return into the parent's loop)
                    sys.stderr.write(f"worker: {error!r}\n")
                    os._exit(1)
                os._exit(0)
            _tell({"pid": pid})


if __name__ == "__main__":
    main()
