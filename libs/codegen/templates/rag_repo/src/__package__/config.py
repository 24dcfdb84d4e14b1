"""Every choice of the system, typed, from `config/rag.yaml` or `--plan`; addresses come from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .passages import EVERYONE, SEPARATOR
from .running.errors import UsageError

Group = Annotated[str, Field(pattern=rf"^[^{SEPARATOR}]+$")]
"""Those who may read something, by one name."""


class Section(BaseModel):
    """A closed, immutable part of the configuration: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestConfig(Section):
    """What is read, and who may read it."""

    max_unreadable_share: float = Field(default=0.05, ge=0, le=1)
    """Share of files that could not be read, above which the whole run is refused."""
    max_document_bytes: int = Field(default=20_000_000, gt=0)
    default_access: tuple[Group, ...] = (EVERYONE,)
    """Groups that may read a document which names none itself."""
    access_by_folder: dict[str, tuple[Group, ...]] = {}
    """Groups by the beginning of the path below `documents/`; the longest match counts."""


class CleanConfig(Section):
    """What is set aside before anything is indexed."""

    least_characters: int = Field(default=20, ge=1)
    quarantine_instructions: bool = True
    """Whether documents that speak to the model (see `config/guard.yaml`) are kept out of the index."""
    usual_quarantined_share: float = Field(default=0.01, ge=0, le=1)
    """Share of documents in quarantine, above which the run warns: patterns may have found ordinary text."""


class ChunkConfig(Section):
    """Length of passages, in estimated tokens."""

    tokens: int = Field(default=400, ge=20, le=8000)
    overlap_tokens: int = Field(default=40, ge=0)


class EmbedConfig(Section):
    """How vectors are made."""

    batch: int = Field(default=64, ge=1, le=96)
    local_dimensions: int = Field(default=96, ge=8, le=1024)
    """Of the local vectors; hosted models say their own in EMBEDDINGS_DIMENSIONS."""


class RetrieveConfig(Section):
    """How passages are found."""

    candidates: int = Field(default=40, ge=1, le=500)
    """Taken from each ranking before they are joined."""
    passages: int = Field(default=5, ge=1, le=50)
    """Given to the language model."""
    fusion_constant: int = Field(default=60, ge=1)
    """Of reciprocal rank fusion: how little the first ranks count more than the next."""
    filters: tuple[str, ...] = ("category",)
    """Fields by which a caller may narrow the search."""
    words_weight: float = Field(default=0.6, ge=0, le=1)
    """Share of the matching words, next to the similarity of vectors, in the relevance of a passage."""
    names_weight: float = Field(default=0.5, ge=0, le=1)
    """How much of the relevance is lost when the passage holds none of the names in the question."""
    least_relevance: float | None = Field(default=None, ge=0, le=1)
    """Below it the system refuses; null: calibrated on the evaluation set and kept in the release."""


class AnswerConfig(Section):
    """How answers are written and checked."""

    prompt: str = "prompts/answer.md"
    refusal: str = "I found nothing about this in the documents that you may read."
    streamed: bool = True
    """Whether readers see the first words while the rest is written; a promised latency means what they see first."""
    checked_characters: int = Field(default=300, ge=1)
    """Characters of an answer that the guard checks together; the first sentence is checked as soon as it is there."""
    max_output_tokens: int = Field(default=350, ge=1)
    temperature: float = Field(default=0.0, ge=0, le=2)
    least_support: float = Field(default=0.5, ge=0, le=1)
    """Share of a sentence's words that the passages it cites must hold, or the sentence is dropped."""


class LimitConfig(Section):
    """What a request may ask for, and how long it may take."""

    question_characters: int = Field(default=2000, ge=1)
    request_bytes: int = Field(default=20_000, ge=100)
    concurrent: int = Field(default=16, ge=1, le=100)
    """Questions that one replica answers at once; clients of models and stores hold as many connections."""
    answer_seconds: float = Field(default=30, gt=0)
    groups_header: str | None = Field(default=None, pattern=r"^[a-z0-9-]{1,80}$")
    """Set by the gateway that knows the caller; without one every caller is in `everyone` only."""


class CostConfig(Section):
    """Prices of tokens; null where the price is not known, which is then never counted as 0."""

    prompt_usd_million: float | None = Field(default=None, ge=0)
    answer_usd_million: float | None = Field(default=None, ge=0)


class GateConfig(Section):
    """What an evaluation must reach before a release may be published."""

    at: int = Field(default=5, ge=1)
    """The k of recall and nDCG."""
    minimum: dict[str, float] = {}
    """Metrics by name, and the least value of each."""
    asked: dict[str, float] = {}
    """Values that the requirements state: the local stand-ins are not held to them."""
    regression: float = Field(default=0.03, ge=0)
    """How much a metric may fall below the last accepted release."""
    resamples: int = Field(default=300, ge=50)
    confidence: float = Field(default=0.95, gt=0.5, lt=1)


class DriftConfig(Section):
    """When questions and answers count as changed."""

    false_alarm_rate: float = Field(default=0.01, gt=0, lt=0.5)
    """Chance of an alarm although nothing changed: in a day of one replica, or in one table of questions."""
    minimum_questions: int = Field(default=20, ge=5)
    """Fewer are not checked."""
    usual_refusals: float | None = Field(default=None, ge=0, le=1)
    """Share of people's questions that is refused in an ordinary week; null: as on the evaluation set."""
    accepted_bad_ratings: float = Field(default=0.1, gt=0, lt=1)
    """Share of ratings that may say something other than helpful."""


class SampleConfig(Section):
    """Which answered questions are kept for judging."""

    share: float = Field(default=0.02, ge=0, le=1)
    at_most: int = Field(default=200, ge=1)
    """Judged in one run."""


class Config(Section):
    """The whole configuration."""

    contract: Literal[1] = 1
    seed: int = 7
    ingest: IngestConfig = IngestConfig()
    clean: CleanConfig = CleanConfig()
    chunk: ChunkConfig = ChunkConfig()
    embed: EmbedConfig = EmbedConfig()
    retrieve: RetrieveConfig = RetrieveConfig()
    answer: AnswerConfig = AnswerConfig()
    limits: LimitConfig = LimitConfig()
    cost: CostConfig = CostConfig()
    gate: GateConfig = GateConfig()
    drift: DriftConfig = DriftConfig()
    sample: SampleConfig = SampleConfig()

    @classmethod
    def load(cls, path: Path) -> Config:
        """Reads YAML or JSON (which is YAML).

        Raises:
            UsageError: the file is not there, does not parse, or has a value outside its bounds.
        """
        try:
            return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise UsageError(f"cannot read the configuration {path}: {error.strerror}") from error
        except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
            raise UsageError(f"the configuration {path} is not valid: {error}") from error

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return self.model_dump(mode="json")
