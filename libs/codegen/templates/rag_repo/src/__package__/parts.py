"""Puts the parts together that the settings name; adapters that the plan did not choose are not in this repository."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from .embeddings.hashing import HashingEmbedder
from .embeddings.port import Embedder
from .guards.patterns import Patterns
from .guards.port import Guard
from .models.extractive import ExtractiveModel
from .models.port import LanguageModel
from .running.errors import UsageError
from .settings import Settings
from .statistics import WordStatistics
from .stores.files import FileStore
from .stores.port import VectorStore

EMBEDDER_FILE = "embedder.npz"
_PACKAGE = __name__.rsplit(".", 1)[0]


def embedder(settings: Settings, folder: Path) -> Embedder:
    """What makes vectors; the local one was fitted and kept in the folder."""
    if settings.embeddings == "hashing":
        path = folder / EMBEDDER_FILE
        if not path.is_file():
            raise UsageError(f"there is no {path}: run the stage index first")
        return HashingEmbedder.load(path)
    made: Embedder = _adapter("embeddings", settings.embeddings).connect(settings)
    return made


def store(settings: Settings, folder: Path, dimensions: int) -> VectorStore:
    """Where passages are; the local one is in the folder."""
    if settings.store == "files":
        return FileStore(folder)
    made: VectorStore = _adapter("stores", settings.store).connect(settings, dimensions)
    return made


def model(settings: Settings, statistics: WordStatistics) -> LanguageModel:
    """What writes answers."""
    if settings.llm == "extractive":
        return ExtractiveModel(statistics)
    made: LanguageModel = _adapter("models", settings.llm).connect(settings)
    return made


def guard(settings: Settings, patterns: Patterns, policy: str) -> Guard:
    """What decides about questions and answers."""
    made: Guard = _adapter("guards", settings.guard).connect(settings, patterns, policy)
    return made


def _adapter(folder: str, kind: str) -> ModuleType:
    name = f"{_PACKAGE}.{folder}.{kind}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise UsageError(f"{folder}/{kind}.py is not part of this repository's plan") from error
