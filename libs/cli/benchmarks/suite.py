"""Runs measurements one after the other and keeps what each of them says."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from libs.cli.benchmarks.models import Conditions, Measurement, Result
from libs.core.errors import ProductError
from libs.core.settings import Settings

log = structlog.get_logger()

Tell = Callable[[str], None]


def engine_alone(settings: Settings) -> Settings:
    """The installation's tools, with the embedded stores and without a language model."""
    return settings.model_copy(
        update={
            "database_url": "",
            "blob_url": "",
            "model": "",
            "checks": "real",
            "sandbox": "bubblewrap",
            "crash_at": "",
        }
    )


async def run(
    measurements: Sequence[Measurement], settings: Settings, *, runs: int | None, postgres: str, tell: Tell
) -> list[Result]:
    """Every result; one that failed says so and does not keep the others from being measured."""
    results: list[Result] = []
    for measurement in measurements:
        tell(f"{measurement.name}: {measurement.about} …")
        folder = await asyncio.to_thread(
            tempfile.TemporaryDirectory, prefix="bench-", ignore_cleanup_errors=True
        )
        conditions = Conditions(
            settings=engine_alone(settings).model_copy(update={"home": Path(folder.name)}),
            folder=Path(folder.name),
            runs=runs or measurement.runs,
            postgres=postgres,
        )
        try:
            results += await measurement.measure(conditions)
        except Exception as error:  # noqa: BLE001 - told as a failed result, which also decides the exit code
            results.append(_failed(measurement, error))
        finally:
            await asyncio.to_thread(folder.cleanup)
    return results


def _failed(measurement: Measurement, error: Exception) -> Result:
    if not isinstance(error, ProductError):
        log.error("measurement crashed", measurement=measurement.name, exc_info=error)
    said = error.message if isinstance(error, ProductError) else f"{type(error).__name__}: {error}"
    return Result(name=measurement.name, unit="", value=None, status="failed", note=f"failed: {said}")
