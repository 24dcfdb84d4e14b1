"""Stage 7: judge the fitted model on rows that nothing before has seen."""

from __future__ import annotations

import numpy as np

from .data.contract import Task
from .data.tables import read_table
from .data.target import Scores, Target, Vector
from .learning.matrices import Matrices, load_matrices
from .learning.metrics import (
    METRIC_OF,
    dummy_scores,
    figures,
    gain_over,
    is_better,
    score,
    with_interval,
)
from .learning.reliability import calibration_error, reliability
from .learning.slices import judge_slices, words_of
from .learning.targets import TargetResult, figures_of, judge_targets, other_figures
from .learning.trials import write_scores
from .model.selection import load_selected
from .running.errors import UsageError
from .running.files import write_json
from .running.plan import EvaluatePlan, QualityPlan
from .running.stage import Card, Metric, Rejected, Report, StageContext

BASELINE = "baseline"


def run(context: StageContext) -> Report:
    """Writes the figures with their intervals and the scores of the test rows.

    Raises:
        UsageError: the plan states a target in a figure that does not exist for the task.
    """
    data = load_matrices(context)
    selection, ensemble = load_selected(context, data.target)
    scores = ensemble.scores(data.test)
    task = data.target.task
    stated = context.plan.quality.targets
    unknown = sorted(stated.keys() - figures_of(task).keys())
    if unknown:
        raise UsageError(f"quality.targets: a {task} has no {', '.join(unknown)}")
    metric = METRIC_OF[task]
    entities = read_table(context.upstream("split", "entities"))["entity"].to_numpy()
    metrics = judge(data, scores, entities, context.plan.evaluate, context.seed)
    gain = gain_over(task, metrics[metric].value, metrics[BASELINE].value)
    metrics["gain_over_baseline"] = Metric(gain, "test")
    metrics[f"{metric}_cv"] = Metric(selection.cv_score, "cv")
    others = other_figures(data.y_test, scores, data.target, selection.threshold)
    metrics |= {n: Metric(value, "test") for n, value in others.items() if n not in metrics}
    targets = judge_targets(stated, data.y_test, scores, data.target, selection.threshold)
    metrics |= {f"target_{result.name}": Metric(result.value, "test") for result in targets}
    doubt = doubt_of(task, metrics, context.plan.quality)
    passed = not doubt and all(result.met for result in targets)
    test, main = read_table(context.upstream("split", "test")), metrics[metric]
    slices = judge_slices(test, data.y_test, scores, context.contract, entities, context.seed)
    bins = reliability(data.y_test, scores, data.target)
    if task == "classification":
        metrics["calibration_error"] = Metric(calibration_error(bins), "test")
    scores_file, evaluation = context.folder / "scores.parquet", context.folder / "evaluation.json"
    write_scores(scores_file, scores)
    write_json(
        evaluation,
        {
            "metric": metric,
            "metrics": {name: figure.to_json() for name, figure in metrics.items()},
            "targets": {result.name: result.to_json() for result in targets},
            "confusion": confusion(data.y_test, scores, data.target, selection.threshold),
            "reliability": [one.to_json() for one in bins],
            "slices": [one.to_json() for one in slices],
            "passed": passed,
        },
    )
    return Report(
        message=f"{metric} {main.value:.4g} ({main.low:.4g} to {main.high:.4g}) on the test rows; "
        f"the dummy baseline has {metrics[BASELINE].value:.4g}.",
        card=_card(metric, passed),
        outputs={"scores": (scores_file, "table"), "evaluation": (evaluation, "report")},
        metrics=metrics,
        warnings=(*_warnings(doubt, targets), *words_of(slices, metric)),
        advice="" if passed else "Bring more rows or columns that say more about the target.",
    )


def doubt_of(task: Task, metrics: dict[str, Metric], plan: QualityPlan) -> str:
    """Why the model is not clearly better than the dummy baseline; empty when it is.

    The gain alone is a matter of luck on few rows: the whole interval must be on the better side.
    """
    main, baseline = metrics[METRIC_OF[task]], metrics[BASELINE].value
    gain = gain_over(task, main.value, baseline)
    if gain < plan.minimum_gain:
        return f"The gain over the dummy baseline is {gain:.3g}, {plan.minimum_gain:.3g} is needed."
    low, high = main.low or 0.0, main.high or 0.0
    if is_better(task, low if task == "classification" else high, baseline):
        return ""
    return (
        f"The interval from {low:.4g} to {high:.4g} holds the {baseline:.4g} of the dummy "
        "baseline: so few test rows cannot tell the model from luck."
    )


def judge(
    data: Matrices, scores: Scores, entities: np.ndarray, plan: EvaluatePlan, seed: int
) -> dict[str, Metric]:
    """Every figure with its bootstrap interval over entities, and the baseline's main figure."""
    task = data.target.task
    metrics = {
        name: with_interval(
            name,
            data.y_test,
            scores,
            task,
            resamples=plan.resamples,
            confidence=plan.confidence,
            seed=seed,
            entities=entities,
        )
        for name in figures(task)
    }
    dummy = dummy_scores(task, data.y_train, data.target, len(data.y_test))
    metrics[BASELINE] = Metric(score(task, data.y_test, dummy), "test")
    return metrics


def confusion(
    y: Vector, scores: Scores, target: Target, threshold: float | None
) -> dict[str, dict[str, int]]:
    """Counts by true and predicted label; empty for numbers."""
    table: dict[str, dict[str, int]] = {
        str(label): {str(other): 0 for other in target.classes} for label in target.classes
    }
    if target.task == "classification":
        for code, label in zip(y, target.predictions(scores, threshold), strict=True):
            table[str(target.classes[int(code)])][str(label)] += 1
    return table


def _warnings(doubt: str, targets: tuple[TargetResult, ...]) -> tuple[str, ...]:
    found = [doubt] if doubt else []
    for result in targets:
        stated = (
            f"{result.name} of {result.target:.4g} was asked for, {result.value:.4g} is reached"
        )
        if not result.judged:
            found.append(f"{stated}: too few test rows of that kind to judge by.")
        elif not result.met:
            found.append(f"{stated}.")
    return tuple(found)


def _card(metric: str, passed: bool) -> Card:
    return Card(
        choice="may be deployed" if passed else "should not be deployed",
        why=f"Judged by {metric} on rows kept apart from the start, with a bootstrap interval.",
        rejected=(Rejected("the cross-validated figure", "Choices were made on it: it flatters."),),
    )
