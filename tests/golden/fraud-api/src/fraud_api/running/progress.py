"""The append-only story of a run: `progress.jsonl`, one JSON object a line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

Kind = Literal["log", "metric", "trial"]


class Progress:
    """Appends numbered lines; a line torn by a crash is dropped when the file is opened again."""

    def __init__(self, path: Path) -> None:
        """Opens or starts the file.

        Args:
            path: `progress.jsonl` in the work folder.
        """
        self.path = path
        self.entries: list[dict[str, Any]] = []
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            self._recover()
        self._seq = self.entries[-1]["seq"] if self.entries else 0

    def append(self, stage: str, kind: Kind, data: dict[str, Any]) -> None:
        """Adds one line and waits until it is on disk."""
        self._seq += 1
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = {"seq": self._seq, "at": now, "stage": stage, "kind": kind, "data": data}
        line = json.dumps(entry, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
        with self.path.open("ab") as stream:
            stream.write(line.encode())
            stream.flush()
            os.fsync(stream.fileno())
        self.entries.append(entry)

    def log(self, stage: str, message: str) -> None:
        """A sentence for a person."""
        self.append(stage, "log", {"message": message})

    def trials(self, stage: str) -> dict[str, dict[str, Any]]:
        """The trials of a stage by their id, in the order in which they ended."""
        found = (e["data"] for e in self.entries if e["stage"] == stage and e["kind"] == "trial")
        return {trial["trial_id"]: trial for trial in found}

    def _recover(self) -> None:
        content = self.path.read_bytes()
        kept = 0
        for line in content.splitlines(keepends=True):
            try:
                entry = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                entry = None
            if entry is None:
                break
            self.entries.append(entry)
            kept += len(line)
        if kept < len(content):
            with self.path.open("r+b") as stream:
                stream.truncate(kept)
