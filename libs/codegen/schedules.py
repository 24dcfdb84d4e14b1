"""How often things run, as EventBridge expressions (UTC)."""

from libs.intake.models import TrainingFrequency

_TRAINING: dict[TrainingFrequency, str] = {
    "continuous": "rate(1 hour)",
    "several_times_daily": "cron(0 0/6 * * ? *)",
    "hourly": "cron(0 * * * ? *)",
    "daily": "cron(0 3 * * ? *)",
    "weekly": "cron(0 3 ? * MON *)",
    "monthly": "cron(0 3 1 * ? *)",
    "quarterly": "cron(0 3 1 1,4,7,10 ? *)",
    "on_demand": "",
}
_SCORING = (
    (300, "cron(30 * * * ? *)", "every hour"),
    (60, "cron(30 0/6 * * ? *)", "every six hours"),
    (10, "cron(30 1 * * ? *)", "every night"),
    (2, "cron(30 1 ? * MON *)", "every Monday"),
    (0, "cron(30 1 1 * ? *)", "on the first of the month"),
)
"""Runs a month from which an expression fits."""


def training_expression(frequency: TrainingFrequency) -> str:
    """When the model is trained again; empty when only on demand."""
    return _TRAINING[frequency]


def scoring_expression(runs_per_month: float) -> str:
    """When a batch is scored."""
    return next(expression for floor, expression, _ in _SCORING if runs_per_month >= floor)


def scoring_words(runs_per_month: float) -> str:
    """The scoring rhythm in words."""
    return next(words for floor, _, words in _SCORING if runs_per_month >= floor)
