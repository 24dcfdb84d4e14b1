"""`serve`, `worker`, `migrate`, `doctor`: running the product and asking how it is."""

import asyncio
import signal
from typing import Annotated

import typer

from libs.cli.result import ExitCode, emit
from libs.cli.session import run
from libs.core import logging
from libs.core.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option(help="Bind address; anything but loopback needs a token.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
) -> None:
    """Serve API, page and (unless turned off) a worker in one process."""
    import uvicorn

    from api.binding import check_bind
    from api.main import create_app
    from libs.migrations.migrate import migrate as bring_up_to_date
    from libs.worker.service import run_worker

    given = {k: v for k, v in {"host": host, "port": port}.items() if v is not None}
    settings = Settings(**given)  # type: ignore[arg-type]
    check_bind(settings)
    logging.configure(settings.log_level, settings.log_format)
    bring_up_to_date(settings.sqlalchemy_url())
    beside = (run_worker,) if settings.embedded_worker else ()
    app = create_app(settings, beside=beside)
    typer.echo(f"Agentic MLOps platform: http://{_shown(settings.host)}:{settings.port}", err=True)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=int(settings.drain_seconds),
        server_header=False,
    )


def worker() -> None:
    """Work on jobs until told to stop; SIGTERM drains."""
    settings = Settings()
    logging.configure(settings.log_level, settings.log_format)
    run(_work(settings))


async def _work(settings: Settings) -> None:
    from libs.bootstrap import build
    from libs.worker.service import run_worker

    services = await build(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    try:
        await run_worker(services, stop)
    finally:
        await services.close()


def migrate() -> None:
    """Bring the configured database to the schema of this version."""
    from libs.migrations.migrate import current_revision
    from libs.migrations.migrate import migrate as bring_up_to_date

    url = Settings().sqlalchemy_url()
    bring_up_to_date(url)
    typer.echo(f"schema {current_revision(url)}")


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Say what works on this machine, what does not, and how to mend it."""
    from libs.cli.diagnosis import diagnose

    found = run(diagnose(Settings()))
    for item in found:
        typer.echo(f"{'ok ' if item.ok else 'no '} {item.name:<20} {item.detail}", err=as_json)
    healthy = all(item.ok or not item.required for item in found)
    if as_json:
        emit({"status": "done" if healthy else "failed", "items": [item.to_json() for item in found]})
    raise typer.Exit(ExitCode.DONE if healthy else ExitCode.FAILED)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
