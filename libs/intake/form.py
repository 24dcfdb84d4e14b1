"""The fields as a guided form asks for them: group, help, kind of entry, choices with titles, and range.

Kinds, ranges, choices and weights are those of `fields.FIELDS`; here are only the words that a form needs besides.
"""

from collections.abc import Sequence
from typing import Literal, assert_never

from libs.core.values import Value
from libs.intake.fields import FIELDS, Field
from libs.intake.models import FieldName
from libs.intake.vocabulary import places

Group = Literal[
    "What it does",
    "Load and speed",
    "Reliability",
    "Where it runs",
    "Data",
    "Rules and privacy",
    "Model",
    "Language model",
    "Money and team",
]
Entry = Literal["number", "integer", "boolean", "choice", "choices", "text", "texts"]
"""`choices`: any of the choices; `texts`: a list of words, for which choices are suggestions."""

HELP: dict[Group, dict[FieldName, str]] = {
    "What it does": {
        "ml_task": "What the model is to do.",
        "workloads": "How predictions are asked for, and what else has to run.",
    },
    "Load and speed": {
        "latency_ms_p95": "The time within which 95 of 100 answers have to be there; streamed ones, their first words.",
        "throughput_rps": "Requests at the peak.",
        "predictions_per_day": "Everything that is predicted in a day, in batches or one by one.",
        "scoring_frequency": "How often batches are scored; without meaning where each request is answered at once.",
        "peak_factor": "How much higher the peak is than the average.",
        "seasonality": "Times with much more load than usual, such as weekends or December.",
        "growth_pct_year": "How fast the load grows.",
        "users": "People who use it.",
    },
    "Reliability": {
        "availability_pct": "The share of the time in which it has to work, such as 99.9.",
        "rpo_minutes": "The most data that a failure may lose, as a time.",
        "rto_minutes": "How soon it has to work again after a failure.",
        "maintenance_window": "When planned interruptions are allowed.",
    },
    "Where it runs": {
        "regions": "A region code or a place, such as eu-central-1 or Germany; the first one is designed for.",
        "deployment_preference": "The way of running services that is preferred, if there is one.",
        "cloud": "The cloud that it has to run in; designs are made for AWS.",
        "ci_provider": "The service that tests and deploys changes.",
    },
    "Data": {
        "data_volume_gb": "The data that there is to learn from.",
        "data_sources": "Where the data comes from.",
        "data_formats": "The forms in which the data comes.",
        "retention_days": "How long data is kept.",
    },
    "Rules and privacy": {
        "compliance": "Regimes that the system has to satisfy.",
        "data_classification": "How confidential the most delicate part of the data is.",
        "explainability": "Whether predictions have to be explained.",
        "personal_data": "Whether people can be recognised in the data.",
        "residency": "Countries, areas or regions that the data must not leave.",
    },
    "Model": {
        "gpu_needed": "Whether the model needs a graphics processor to answer.",
        "training_frequency": "How often the model is trained again.",
        "success_metric": "The figure by which the model is judged.",
        "success_target": "What it has to reach: 0.9 for an accuracy of 90 percent, 12 for an error of 12 percent.",
        "model_size_gb": "The trained model as a file.",
    },
    "Language model": {
        "model_parameters_b": "Of the language model.",
        "llm_hosting": "Whether prompts may go to a hosted model, or the model has to run in your own account.",
        "context_tokens": "The longest text that the model has to take in at once.",
        "input_tokens": "A usual prompt with the passages that are put into it.",
        "output_tokens": "A usual answer.",
    },
    "Money and team": {
        "budget_usd_month": "The most that all services together may cost.",
        "team_size": "People who build and run it.",
        "team_skills": "Products and languages that the team knows well.",
        "existing_stack": "Products that are in use and shall stay.",
    },
}
"""Every field once: its group, and what to write there."""

TITLES: dict[str, str] = {
    "anomaly": "Anomaly detection", "vision": "Images and video", "nlp": "Understanding texts",
    "llm_rag": "Answers from documents (RAG)", "other": "Something else",
    "PCI-DSS": "PCI DSS", "SOC2": "SOC 2", "LAW25": "Law 25 (Quebec)",
    "aws": "AWS", "gcp": "Google Cloud", "azure": "Microsoft Azure",
    "roc_auc": "ROC AUC", "pr_auc": "PR AUC", "f1": "F1", "rmse": "RMSE", "mae": "MAE", "mape": "MAPE", "wape": "WAPE",
    "smape": "sMAPE", "r2": "R²", "ndcg": "NDCG", "map": "MAP", "mrr": "MRR", "iou": "IoU", "bleu": "BLEU",
    "rouge": "ROUGE", "wer": "Word error rate",
    "global": "For the model as a whole", "per_prediction": "For each prediction",
    "github_actions": "GitHub Actions", "gitlab_ci": "GitLab CI", "codepipeline": "AWS CodePipeline",
    "azure_devops": "Azure DevOps", "circleci": "CircleCI",
    "hosted": "A hosted model", "self_hosted": "In your own account",
    "csv": "CSV", "json": "JSON", "jsonl": "JSON lines", "orc": "ORC", "xml": "XML", "pdf": "PDF", "html": "HTML",
    "dicom": "DICOM",
    "s3": "Amazon S3", "sftp": "SFTP", "api": "API", "postgresql": "PostgreSQL", "mysql": "MySQL",
    "sqlserver": "SQL Server", "mongodb": "MongoDB", "dynamodb": "Amazon DynamoDB", "bigquery": "BigQuery",
    "rabbitmq": "RabbitMQ", "mqtt": "MQTT", "iot": "IoT devices", "sap": "SAP", "hubspot": "HubSpot",
    "google_analytics": "Google Analytics", "sharepoint": "SharePoint",
}  # fmt: skip
"""Choices that are called otherwise than by their value in plain words."""


class Choice(Value):
    """A value that may be chosen."""

    value: str
    title: str


class FormField(Value):
    """One field of a constraint as a form shows it; what it takes is what an answer at a gate takes."""

    name: FieldName
    title: str
    group: Group
    type: Entry
    unit: str
    """Of a number; empty otherwise."""
    choices: tuple[Choice, ...]
    """All there are for `choice` and `choices`; suggestions for `texts`, which takes other words, too."""
    low: float | int | None
    """Of a number."""
    low_included: bool
    """Whether `low` itself is allowed."""
    high: float | int | None
    """Of a number; itself allowed."""
    help: str
    weight: float
    """How much a design depends on it: the greater, the sooner it should be asked."""


def form_fields(regions: Sequence[str] = ()) -> tuple[FormField, ...]:
    """Every field, in the order in which fields are shown.

    Args:
        regions: codes that are suggested for the region.
    """
    said = {name: (group, words) for group, texts in HELP.items() for name, words in texts.items()}
    return tuple(
        FormField(
            name=name,
            title=field.title,
            group=said[name][0],
            type=_entry(field),
            unit=field.unit,
            choices=_choices(field, regions),
            low=_low(field),
            low_included=field.floor or field.whole,
            high=_plain(field.up_to) if field.kind == "number" else None,
            help=said[name][1],
            weight=field.weight,
        )
        for name, field in FIELDS.items()
    )


def _entry(field: Field) -> Entry:
    match field.kind:
        case "number":
            return "integer" if field.whole else "number"
        case "regions" | "places" | "words":
            return "texts"
        case "boolean" | "choice" | "choices" | "text":
            return field.kind
        case _:
            assert_never(field.kind)


def _choices(field: Field, regions: Sequence[str]) -> tuple[Choice, ...]:
    if field.kind == "regions":
        return tuple(Choice(value=code, title=_region(code)) for code in regions)
    offered = (value for value in field.choices if value not in field.unoffered)
    return tuple(Choice(value=value, title=_title(value)) for value in offered)


def _title(value: str) -> str:
    plain = value.replace("_", " ")
    return TITLES.get(value) or plain[:1].upper() + plain[1:]


def _region(code: str) -> str:
    city = next((city for city, region in places.CITY_REGIONS.items() if region == code), "")
    return f"{city.title()} ({code})" if city else code


def _low(field: Field) -> float | int | None:
    if field.kind != "number":
        return None
    # Above nought in whole numbers is from one on.
    return _plain(field.above + 1 if field.whole and not field.floor else field.above)


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number
