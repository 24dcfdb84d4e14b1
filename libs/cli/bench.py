"""`bench`: how fast the product is on this machine, and where its time goes."""

from typing import Annotated

import typer

from libs.cli.result import ExitCode, emit
from libs.cli.session import run
from libs.core import logging
from libs.core.settings import Settings


def bench(
    only: Annotated[
        str, typer.Option(help="Names of measurements, separated by commas; all when left out.")
    ] = "",
    runs: Annotated[
        int | None, typer.Option(min=1, help="How often; a number for each measurement when left out.")
    ] = None,
    postgres: Annotated[
        str, typer.Option(help="PostgreSQL URL; databases are made on that server and dropped again.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on stdout.")] = False,
) -> None:
    """Measure the engine alone on two cores: every figure beside its target, and what it consists of."""
    from libs.cli.benchmarks import machine, registry, report, suite

    measurements = registry.chosen([name.strip() for name in only.split(",") if name.strip()])
    settings = Settings()
    # Logs of single steps would bury the figures, and writing them would be measured.
    logging.configure("error", settings.log_format)
    console = report.console()
    with machine.on_few_cores():
        about = machine.description()
        results = run(
            suite.run(
                measurements,
                settings,
                runs=runs,
                postgres=postgres,
                tell=lambda line: console.print(line, style="dim", markup=False),
            )
        )
    about["load_after"] = machine.load()
    report.show(console, results, about)
    failed = [result.name for result in results if result.status == "failed"]
    if as_json:
        emit(
            {
                "status": "failed" if failed else "done",
                "machine": about,
                "results": [result.to_json() for result in results],
            }
        )
    raise typer.Exit(ExitCode.FAILED if failed else ExitCode.DONE)
