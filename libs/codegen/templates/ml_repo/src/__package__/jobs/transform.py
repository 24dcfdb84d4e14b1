"""Before a SageMaker batch transform rows become JSON lines, after it lines become predictions.

The transform sends the lines of each file to the service and writes its answer, a line for each,
beside the name of the file. A manifest names the files of this run, so that those of earlier runs
are neither scored nor collected; it is written last. Where no row is new it names a file with one
empty object: the transform fails without input, and nobody collects its answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from ..data.cells import CellProblem
from ..data.contract import DataContract
from ..data.tables import read_table
from ..model.predictor import Prediction, Predictor
from ..model.store import fetch_model, models_root
from ..monitor import monitor
from ..predict_batch import predictions_table
from ..running.errors import EXIT_OK, DataRefused
from ..running.files import sha256_file
from ..running.repository import SCHEMA_FILE
from ..stores.records import run_id
from . import storage
from .keeping import keep_processed
from .publishing import publish, say_idle, signed
from .scored import NOTHING_NEW, new_rows, note_scored
from .settings import JobSettings

INPUT, OUTPUT = "scoring-lines", "transformed"
"""Folders below the curated data; `infra/` tells the transform job of both."""
ROWS_PER_FILE = 20_000
"""Instances take whole files, and no request has more lines than a file."""
IDLE = "nothing-new.jsonl"
"""The file of a run without new rows."""


def write_lines(settings: JobSettings) -> int:
    """Writes the curated rows as JSON lines, then the manifest that names the files.

    Raises:
        DataRefused: there is no table to score.
    """
    landed = storage.fetch_table(f"{settings.curated}/scoring", settings.work / "input")
    contract = DataContract.load(SCHEMA_FILE)
    keep_processed(settings, contract, "scoring", landed)
    rows = new_rows(settings.curated, landed, settings.work / "new.parquet")
    if rows is None:
        storage.write_bytes(f"{settings.curated}/{INPUT}/{IDLE}", b"{}\n")
        _write_manifest(settings, [IDLE])
        print(NOTHING_NEW)
        return EXIT_OK
    names = [column.name for column in contract.columns if column.name != contract.target]
    folder = f"{settings.curated}/{INPUT}"
    files: list[str] = []
    for frame in _blocks(rows):
        present = frame[[name for name in names if name in frame]]
        lines = present.to_json(orient="records", lines=True, date_format="iso", date_unit="us")
        files.append(f"{_digest(rows)}-{len(files):05d}.jsonl")
        storage.write_bytes(f"{folder}/{files[-1]}", str(lines).encode())
    _write_manifest(settings, files)
    print(json.dumps({"files": len(files)}))
    return EXIT_OK


def collect(settings: JobSettings) -> int:
    """Publishes the lines that the transform has written, as `score` publishes what it predicts.

    Raises:
        DataRefused: answers are missing or of another run, or no row was predicted.
    """
    landed = storage.fetch_table(f"{settings.curated}/scoring", settings.work / "input")
    # The same rows as before the transform.
    rows = new_rows(settings.curated, landed, settings.work / "new.parquet")
    if rows is None:
        model = settings.work / "model"
        if not fetch_model(settings.model, model):
            raise DataRefused("No model was published yet.", "Run the pipeline `retrain` first.")
        say_idle(Predictor(model).version)
        return EXIT_OK
    table = read_table(rows)
    lines = _answers(settings, rows)
    versions = {str(line["model"]) for line in lines}
    if len(lines) != len(table) or len(versions) != 1:
        raise DataRefused(
            f"There are {len(lines)} answers of {len(versions)} models for {len(table)} rows.",
            "Start the pipeline `score` again: nothing was published.",
        )
    model = settings.work / "model"
    if not fetch_model(f"{models_root(settings.model)}/versions/{versions.pop()}", model):
        raise DataRefused("The model of the answers is not there.", "Publish its version again.")
    predictor = Predictor(model)
    predictions = _predictions(predictor, table, lines)
    now = pd.Timestamp(datetime.now(UTC))
    run = run_id(predictor.version, rows)
    whole = signed(predictions, predictor.facts, run, now, range(len(table)))
    address = publish(settings, predictor.contract, whole, monitor(model, rows))
    note_scored(settings.curated, address.rsplit("/", 1)[-1], rows)
    return EXIT_OK


def _write_manifest(settings: JobSettings, files: list[str]) -> None:
    folder = f"{settings.curated}/{INPUT}"
    manifest = json.dumps([{"prefix": f"{folder}/"}, *files])
    storage.write_bytes(f"{folder}/manifest.json", manifest.encode())


def _answers(settings: JobSettings, rows: Path) -> list[dict[str, Any]]:
    """The answers in the order of the rows."""
    manifest = storage.read_bytes(f"{settings.curated}/{INPUT}/manifest.json")
    files = [] if manifest is None else json.loads(manifest)[1:]
    if not files or any(not name.startswith(_digest(rows)) for name in files):
        raise DataRefused("The rows are not those that were sent.", "Start the pipeline again.")
    place = f"{settings.curated}/{OUTPUT}"
    written = {path.rsplit("/", 1)[-1]: path for path in storage.list_files(place)}
    missing = [name for name in files if f"{name}.out" not in written]
    if missing:
        raise DataRefused(f"The transform has not answered {missing[0]}.", "Look at its log.")
    contents = (storage.read_bytes(f"{place}/{written[f'{name}.out']}") for name in files)
    texts = ((content or b"").decode().split("\n") for content in contents)
    return [json.loads(line) for text in texts for line in text if line.strip()]


def _predictions(
    predictor: Predictor, table: pd.DataFrame, lines: list[dict[str, Any]]
) -> pd.DataFrame:
    problems = [
        CellProblem(row, "", text) for row, line in enumerate(lines) for text in line["errors"]
    ]
    probabilities = [line.get("probabilities") for line in lines]
    classify = predictor.target.task == "classification"
    answer = Prediction(
        [line["prediction"] for line in lines], probabilities if classify else None, problems
    )
    whole = predictions_table(predictor, table, answer)
    if any("explanation" in line for line in lines):
        shares = [line.get("explanation") for line in lines]
        texts = [None if share is None else json.dumps(share) for share in shares]
        whole["explanation"] = pd.Series(texts, dtype="string")
    return whole


def _blocks(rows: Path) -> Iterator[pd.DataFrame]:
    with pq.ParquetFile(rows) as source:
        for batch in source.iter_batches(batch_size=ROWS_PER_FILE):
            if batch.num_rows:
                yield batch.to_pandas()


def _digest(rows: Path) -> str:
    return sha256_file(rows)[:16]
