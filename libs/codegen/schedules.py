"""How often things run, as EventBridge expressions (UTC)."""

from libs.intake.models import ScoringFrequency, TrainingFrequency

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
_SCORING: dict[ScoringFrequency, tuple[str, str]] = {
    "hourly": ("cron(30 * * * ? *)", "every hour"),
    "several_times_daily": ("cron(30 0/6 * * ? *)", "every six hours"),
    "daily": ("cron(30 1 * * ? *)", "every night"),
    "weekly": ("cron(30 1 ? * MON *)", "every Monday"),
    "monthly": ("cron(30 1 1 * ? *)", "on the first of the month"),
    "quarterly": ("cron(30 1 1 1,4,7,10 ? *)", "on the first day of the quarter"),
}
"""Expression and words."""


_SILENT_HOURS: dict[ScoringFrequency, int] = {"hourly": 3, "several_times_daily": 9, "daily": 30}
"""Hours without a batch after which one is late; CloudWatch looks back seven days, too few for slower rhythms."""


def training_expression(frequency: TrainingFrequency) -> str:
    """When the model is trained again; empty when only on demand."""
    return _TRAINING[frequency]


def scoring_expression(frequency: ScoringFrequency) -> str:
    """When a batch is scored."""
    return _SCORING[frequency][0]


def scoring_words(frequency: ScoringFrequency) -> str:
    """The scoring rhythm in words."""
    return _SCORING[frequency][1]


def silent_hours(expression: str) -> int | None:
    """Hours without a batch after which one is late; None where no alarm can tell."""
    return next((hours for name, hours in _SILENT_HOURS.items() if _SCORING[name][0] == expression), None)
