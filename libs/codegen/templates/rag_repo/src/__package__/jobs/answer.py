"""Answers the questions that have landed and publishes the answers."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import storage
from ..answer_batch import answer_rows, counts_of, read_questions, written
from ..monitoring.emf import metric_line, unchecked_line
from ..monitoring.examining import Window, examine
from ..monitoring.signals import Signal, signal_of
from ..releases import fetch_release
from ..running.errors import EXIT_OK, DataRefused
from ..running.shards import Parts, Shard
from ..settings import Settings
from ..system import System

_TABLES = (".csv", ".jsonl")


def answer(settings: Settings) -> int:
    """Answers the questions of this machine; the last of several machines publishes the answers of all.

    Reads `questions/` of the landing address, writes `answers/<time>/` below the curated one: a file for
    each table, and `_SUCCESS` once every file is there.

    Raises:
        DataRefused: no release was published yet, nothing has landed, no question of a table could be
            answered, or the parts of several machines do not belong together.
    """
    release = settings.work / "release"
    if not fetch_release(settings.address("MODEL_URI"), release):
        raise DataRefused("There is no release yet.", "Run the pipelines reindex and evaluate first.")
    landing = f"{settings.address('LANDING_URI')}/questions"
    files = storage.fetch_folder(landing, settings.work / "questions")
    tables = sorted(path for path in files if path.suffix in _TABLES)
    if not tables:
        raise DataRefused(f"There is no table below {landing}.", "Put .csv or .jsonl files there.")
    system = System.of_release(release, settings)
    shard = Shard.from_environment(settings.variables)
    if shard.count == 1:
        _publish(settings, system, tables, [_part(system, tables, shard)])
        return EXIT_OK
    run = _run(system.version, tables)
    parts = Parts(storage, f"{settings.address('CURATED_URI')}/answers/_parts", shard, run)
    if parts.is_done():
        print(f"Run {run} was published already.")
        if shard.index == 0:
            print(unchecked_line(settings.variables, system.version, datetime.now(UTC)))
        return EXIT_OK
    if parts.own() is None:
        parts.put(json.dumps(_part(system, tables, shard)).encode())
    found = parts.whole()
    if found is None:
        print(f"Part {shard.index} of {shard.count} is there; others are at work.")
        return EXIT_OK
    parts.finish({"address": _publish(settings, system, tables, [json.loads(part) for part in found])})
    return EXIT_OK


def _part(system: System, tables: list[Path], shard: Shard) -> dict[str, Any]:
    """The answers to the questions of one machine, each with its place among all questions."""
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    asked = ((path.name, row) for path in tables for row in read_questions(path))
    mine = [(place, *each) for place, each in enumerate(asked) if shard.takes(place)]
    answers: list[tuple[int, str, dict[str, Any]]] = []
    signals: list[dict[str, Any]] = []
    found = answer_rows(system, (row for _, _, row in mine))
    for (place, name, _), (line, answer) in zip(mine, found, strict=True):
        answers.append((place, name, line))
        signal = signal_of(answer) if answer is not None else None
        if signal is not None:
            signals.append(signal.to_json())
    return {"started": started, "release": system.version, "answers": answers, "signals": signals}


def _publish(settings: Settings, system: System, tables: list[Path], parts: list[dict[str, Any]]) -> str:
    """Writes the answers of all parts in the order of the questions, and what the monitor says of them."""
    answers = sorted((answer for part in parts for answer in part["answers"]), key=lambda answer: answer[0])
    lines = {path.name: [line for _, name, line in answers if name == path.name] for path in tables}
    counts = {name: counts_of(found, name) for name, found in lines.items()}
    address = f"{settings.address('CURATED_URI')}/answers/{min(part['started'] for part in parts)}"
    for path in tables:
        storage.write_bytes(f"{address}/{path.stem}.jsonl", written(lines[path.name]).encode())
    if system.baseline is not None:
        signals = [Signal.from_json(signal) for part in parts for signal in part["signals"]]
        report = examine(system.baseline, Window(signals), system.config.drift, system.config.seed)
        monitoring = json.dumps({"release": system.version, **report}, sort_keys=True)
        storage.write_bytes(f"{address}/monitoring.json", f"{monitoring}\n".encode())
        print(metric_line(report, settings.variables, system.version, datetime.now(UTC)))
    else:
        print(unchecked_line(settings.variables, system.version, datetime.now(UTC)))
    note = json.dumps({"release": parts[0]["release"], "files": counts})
    storage.write_bytes(f"{address}/_SUCCESS", f"{note}\n".encode())
    print(note)
    return address


def _run(version: str, tables: list[Path]) -> str:
    """Digest of the release and the questions."""
    digest = hashlib.sha256(version.encode())
    for path in tables:
        digest.update(f"\n{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
