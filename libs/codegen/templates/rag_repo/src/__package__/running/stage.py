"""What a stage is given and what it gives back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ..config import Config
from ..settings import Settings
from .errors import UsageError
from .files import read_json, sha256_file
from .progress import Progress
from .stopping import Stopper

OutputKind = Literal["table", "model", "report"]


@dataclass(frozen=True)
class Metric:
    """A figure with its confidence interval, where there is one, and the questions that it is about."""

    value: float
    split: Literal["all", "calibrate", "test"]
    low: float | None = None
    high: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As in `result.json`."""
        return {"value": self.value, "low": self.low, "high": self.high, "split": self.split}


@dataclass(frozen=True)
class Rejected:
    """An option that was not taken."""

    option: str
    why: str


@dataclass(frozen=True)
class Card:
    """Why the stage did what it did."""

    choice: str
    why: str
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a stage says when it is through."""

    message: str
    card: Card
    outputs: dict[str, tuple[Path, OutputKind]] = field(default_factory=dict)
    """By name: the file and what it is."""
    metrics: dict[str, Metric] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    advice: str = ""


@dataclass
class StageContext:
    """What a stage may use."""

    stage: str
    work: Path
    config: Config
    settings: Settings
    seed: int
    data: Path | None = None
    """Folder or file of documents; only `ingest` reads it."""
    questions: Path | None = None
    """The evaluation set; None: that of this repository."""
    accepted: Path | None = None
    """`evaluation.json` of the last accepted release, if there is one."""
    saved: Callable[[], None] = lambda: None
    """Called when the folder of the stage holds a state from which another run can go on."""
    progress: Progress = field(init=False)
    stop: Stopper = field(default_factory=Stopper)
    on_stop: Callable[[], Report] | None = None
    """How the stage reports what it has done when it is stopped."""
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Opens the story of the run."""
        self.progress = Progress(self.work / "progress.jsonl")

    @property
    def folder(self) -> Path:
        """The only place where the stage writes."""
        path = self.work / self.stage
        path.mkdir(parents=True, exist_ok=True)
        return path

    def upstream(self, stage: str, name: str) -> Path:
        """A file that an earlier stage has left.

        Raises:
            UsageError: that stage has not run, or left no such file.
        """
        result = self.work / stage / "result.json"
        if result.is_file():
            for output in read_json(result)["outputs"]:
                if output["name"] == name:
                    return self.work / str(output["path"])
        raise UsageError(f"{self.stage} needs {name!r} of the stage {stage}: run {stage} first")


def describe_outputs(work: Path, outputs: dict[str, tuple[Path, OutputKind]]) -> list[dict[str, Any]]:
    """The outputs as `result.json` lists them: regular files, paths relative to the work folder."""
    return [
        {
            "name": name,
            "path": path.relative_to(work).as_posix(),
            "sha256": sha256_file(path),
            "bytes": path.stat().st_size,
            "kind": kind,
        }
        for name, (path, kind) in sorted(outputs.items())
    ]
