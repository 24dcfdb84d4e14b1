"""The training plan: every choice that a run makes, typed, from `config/train.yaml` or `--plan`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import UsageError


class Section(BaseModel):
    """A closed, immutable part of the plan: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QualityPlan(Section):
    """When data is refused, and when a model may be deployed."""

    max_bad_row_share: float = Field(default=0.05, ge=0, le=1)
    """Share of rows that break the contract up to which they are set aside instead of refused."""
    minimum_rows: int = Field(default=60, ge=20)
    minimum_gain: float = Field(default=0.02, ge=0)
    """Gain over the dummy baseline: points of AUC, or share of the baseline's RMSE. The interval
    must be on the better side of the baseline as well."""
    targets: dict[str, float] = {}
    """Figures the model must reach on the test rows, by their names in `learning/targets.py`."""


class SplitPlan(Section):
    """How rows are parted."""

    method: Literal["auto", "random", "time"] = "auto"
    """`auto`: by time when a time column parts the rows into two that hold every class, else at
    random."""
    label_delay_days: float = Field(default=0, ge=0)
    """How long a label takes to be final: rows that are newer, by the newest one, are left out. Bad
    news comes early and good news late, or the reverse: the newest rows would teach and test that.
    """
    test_share: float = Field(default=0.2, gt=0.05, lt=0.5)
    folds: int = Field(default=5, ge=2, le=10)


class CandidatePlan(Section):
    """One model to try with fixed parameters; what is not given has the candidate's default."""

    name: str
    params: dict[str, float | int | str | bool | None] = {}


class TunePlan(Section):
    """Bounds of the search; `--trials` and `--budget` replace both."""

    trials: int = Field(default=40, ge=0)
    budget_seconds: float = Field(default=120, gt=0)


Decision = Literal["balanced", "f1", "accuracy"]


class EnsemblePlan(Section):
    """How many models may vote, what a vote must gain to be worth its complexity, and where two
    classes are parted."""

    max_members: int = Field(default=4, ge=1, le=10)
    minimum_gain: float = Field(default=0.002, ge=0)
    """Relative gain in cross-validation of the ensemble over the best single model."""
    decision: Decision = "balanced"
    """What the threshold between two classes makes best in cross-validation."""


class EvaluatePlan(Section):
    """Uncertainty of the final figures."""

    resamples: int = Field(default=300, ge=50)
    confidence: float = Field(default=0.95, gt=0.5, lt=1)


Refit = Literal["newest", "never"]


class DriftPlan(Section):
    """How often an alarm may be false."""

    false_alarm_rate: float = Field(default=0.01, gt=0, lt=0.5)
    """Chance that a check of all columns raises an alarm although nothing changed."""
    minimum_psi: float = Field(default=0.02, ge=0)
    """Distance up to which a change matters to no model, however many rows prove it."""
    bins: int = Field(default=10, ge=3, le=50)


class Plan(Section):
    """The whole plan."""

    contract: Literal[1] = 1
    seed: int = 7
    quality: QualityPlan = QualityPlan()
    split: SplitPlan = SplitPlan()
    candidates: tuple[CandidatePlan, ...] = Field(min_length=1)
    tune: TunePlan = TunePlan()
    ensemble: EnsemblePlan = EnsemblePlan()
    evaluate: EvaluatePlan = EvaluatePlan()
    refit: Refit = "newest"
    """Whether a model that was judged on the newest rows learns them as well before it is used."""
    drift: DriftPlan = DriftPlan()

    @classmethod
    def load(cls, path: Path) -> Plan:
        """Reads YAML or JSON (which is YAML).

        Raises:
            UsageError: the file is not there, does not parse, or has a value outside its bounds.
        """
        try:
            return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise UsageError(f"cannot read the plan {path}: {error.strerror}") from error
        except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
            raise UsageError(f"the plan {path} is not valid: {error}") from error

    def with_candidates(self, candidates: tuple[CandidatePlan, ...]) -> Plan:
        """The same plan with other candidates, such as those that a search found."""
        return self.model_copy(update={"candidates": candidates})

    def to_yaml(self) -> str:
        """The form of `config/train.yaml`."""
        plain: dict[str, Any] = self.model_dump(mode="json")
        return str(yaml.safe_dump(plain, sort_keys=False, width=100))
