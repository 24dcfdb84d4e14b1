"""Answers the questions that have landed and publishes the answers."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from .. import storage
from ..answer_batch import answer_rows, counts_of, read_questions, written
from ..monitoring.emf import metric_line, unchecked_line
from ..monitoring.examining import Window, examine
from ..monitoring.signals import Signal, signal_of
from ..releases import fetch_release
from ..running.errors import EXIT_OK, EXIT_REFUSED, DataRefused
from ..running.shards import Parts, Shard
from ..settings import Settings
from ..system import System

_TABLES = (".csv", ".jsonl")
_ANSWERED = "answered"
"""Below the curated address: a note for each table that was answered, by what is in it and where it lies."""
Tables = Mapping[str, Path]
"""The tables by their paths below `questions/`."""


def answer(settings: Settings) -> int:
    """Answers the questions of this machine; the last of several machines publishes the answers of all.

    Reads the tables below `questions/` of the landing address that no run has answered yet, writes `answers/<time>/`
    below the curated one: a file for each table, and `_SUCCESS` once every file is there.

    Returns:
        The exit code: 0 done, 4 when a table held no question; the others are answered.

    Raises:
        DataRefused: no release was published yet, nothing has landed, no question of a table could be
            answered, or the parts of several machines do not belong together.
    """
    release = settings.work / "release"
    if not fetch_release(settings.address("MODEL_URI"), release):
        raise DataRefused("There is no release yet.", "Run the pipelines reindex and evaluate first.")
    system = System.of_release(release, settings)
    shard = Shard.from_environment(settings.variables)
    landed = _landed(settings)
    tables = {name: path for name, path in landed.items() if storage.read_bytes(_note(settings, name, path)) is None}
    if not tables:
        print(f"All {len(landed)} tables were answered before.")
        if shard.index == 0:
            print(unchecked_line(settings.variables, system.version, datetime.now(UTC)))
        return EXIT_OK
    if shard.count == 1:
        return _publish(settings, system, tables, [_part(system, tables, shard)])
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
    code = _publish(settings, system, tables, [json.loads(part) for part in found])
    parts.finish({"run": run})
    return code


def _landed(settings: Settings) -> Tables:
    folder, landing = settings.work / "questions", f"{settings.address('LANDING_URI')}/questions"
    files = {path.relative_to(folder).as_posix(): path for path in storage.fetch_folder(landing, folder)}
    tables = {name: files[name] for name in sorted(files) if Path(name).suffix.lower() in _TABLES}
    if not tables:
        raise DataRefused(f"There is no table below {landing}.", "Put .csv or .jsonl files there.")
    return tables


def _note(settings: Settings, name: str, path: Path) -> str:
    """Where the note of a table is: one of the same name with other questions is another table."""
    digest = hashlib.sha256(f"{name}\n".encode() + path.read_bytes()).hexdigest()
    return f"{settings.address('CURATED_URI')}/{_ANSWERED}/{digest}.json"


def _part(system: System, tables: Tables, shard: Shard) -> dict[str, Any]:
    """The answers to the questions of one machine, each with its place among all questions."""
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    asked = ((name, row) for name, path in tables.items() for row in read_questions(path))
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


def _publish(settings: Settings, system: System, tables: Tables, parts: list[dict[str, Any]]) -> int:
    """Writes the answers of all parts in the order of the questions, and what the monitor says of them."""
    answers = sorted((answer for part in parts for answer in part["answers"]), key=lambda answer: answer[0])
    lines = {name: [line for _, named, line in answers if named == name] for name in tables}
    empty = [name for name in tables if not lines[name]]
    if len(empty) == len(tables):
        raise DataRefused(f"{', '.join(empty[:3])}: no table holds a question.", "Give it a column named question.")
    counts = {name: counts_of(found, name) for name, found in lines.items() if found}
    address = f"{settings.address('CURATED_URI')}/answers/{min(part['started'] for part in parts)}"
    for name, target in _targets(counts).items():
        storage.write_bytes(f"{address}/{target}", written(lines[name]).encode())
    if system.baseline is not None:
        signals = [Signal.from_json(signal) for part in parts for signal in part["signals"]]
        report = examine(system.baseline, Window(signals), system.config.drift, system.config.seed)
        monitoring = json.dumps({"release": system.version, **report}, sort_keys=True)
        storage.write_bytes(f"{address}/_monitoring.json", f"{monitoring}\n".encode())
        print(metric_line(report, settings.variables, system.version, datetime.now(UTC)))
    else:
        print(unchecked_line(settings.variables, system.version, datetime.now(UTC)))
    note = json.dumps({"release": parts[0]["release"], "files": counts})
    storage.write_bytes(f"{address}/_SUCCESS", f"{note}\n".encode())
    print(note)
    for name in counts:
        storage.write_bytes(_note(settings, name, tables[name]), json.dumps({"answers": address}).encode())
    for name in empty:
        print(f"{name} holds no question: give it a column named question, or remove it.", file=sys.stderr)
    return EXIT_REFUSED if empty else EXIT_OK


def _targets(names: Iterable[str]) -> dict[str, str]:
    """The file of answers to each table; tables that differ in their ending alone keep it in the name."""
    plain = {name: str(PurePosixPath(name).with_suffix(".jsonl")) for name in names}
    twins = Counter(plain.values())
    return {name: f"{name}.jsonl" if twins[target] > 1 else target for name, target in plain.items()}


def _run(version: str, tables: Tables) -> str:
    """Digest of the release and the questions."""
    digest = hashlib.sha256(version.encode())
    for name, path in tables.items():
        digest.update(f"\n{name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
