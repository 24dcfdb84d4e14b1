"""Constraints with their provenance: what was said, inferred, answered or assumed."""

from typing import Any, Literal

from libs.core.values import Value

Source = Literal["stated", "inferred", "answered", "default"]

FieldName = Literal[
    "ml_task",
    "workloads",
    "latency_ms_p95",
    "throughput_rps",
    "predictions_per_day",
    "budget_usd_month",
    "regions",
    "compliance",
    "data_classification",
    "availability_pct",
    "deployment_preference",
    "gpu_needed",
    "data_volume_gb",
    "training_frequency",
    "scoring_frequency",
    "cloud",
    "team_size",
    "success_metric",
    "success_target",
    "explainability",
    "data_sources",
    "data_formats",
    "personal_data",
    "residency",
    "retention_days",
    "existing_stack",
    "ci_provider",
    "team_skills",
    "rpo_minutes",
    "rto_minutes",
    "maintenance_window",
    "peak_factor",
    "seasonality",
    "growth_pct_year",
    "model_size_gb",
    "model_parameters_b",
    "llm_hosting",
    "context_tokens",
    "input_tokens",
    "output_tokens",
    "users",
]
"""The fields of a brief; kinds, ranges and words: `libs.intake.fields`."""

MlTask = Literal[
    "classification",
    "regression",
    "forecasting",
    "ranking",
    "recommendation",
    "anomaly",
    "vision",
    "nlp",
    "llm_rag",
    "other",
    "none",
]
Workload = Literal[
    "batch_training",
    "batch_inference",
    "online_inference",
    "streaming_inference",
    "feature_engineering",
    "experimentation",
]
Compliance = Literal["PCI-DSS", "HIPAA", "GDPR", "SOC2", "LAW25"]
DataClass = Literal["public", "internal", "sensitive", "restricted"]
Deployment = Literal["serverless", "containers", "kubernetes", "managed"]
TrainingFrequency = Literal[
    "continuous", "several_times_daily", "hourly", "daily", "weekly", "monthly", "quarterly", "on_demand"
]
ScoringFrequency = Literal["hourly", "several_times_daily", "daily", "weekly", "monthly", "quarterly"]
Cloud = Literal["aws", "gcp", "azure"]
SuccessMetric = Literal[
    "accuracy", "roc_auc", "pr_auc", "precision", "recall", "f1", "log_loss", "rmse", "mae", "mape", "wape", "smape",
    "r2", "ndcg", "map", "mrr", "hit_rate", "iou", "bleu", "rouge", "wer", "faithfulness", "answer_relevancy",
]  # fmt: skip
Explainability = Literal["none", "global", "per_prediction"]
CiProvider = Literal[
    "github_actions", "gitlab_ci", "codepipeline", "jenkins", "azure_devops", "bitbucket", "circleci"
]
LlmHosting = Literal["hosted", "self_hosted"]
DataFormat = Literal[
    "csv", "parquet", "json", "jsonl", "avro", "orc", "xml", "excel", "text", "pdf", "html", "email", "images", "video",
    "audio", "dicom", "time_series", "geospatial", "logs",
]  # fmt: skip
DataSource = Literal[
    "files", "s3", "sftp", "api", "postgresql", "mysql", "oracle", "sqlserver", "mongodb", "dynamodb", "redis",
    "elasticsearch", "snowflake", "bigquery", "redshift", "databricks", "kafka", "kinesis", "rabbitmq", "mqtt", "iot",
    "salesforce", "sap", "hubspot", "zendesk", "shopify", "google_analytics", "sharepoint", "confluence",
    "data_warehouse", "data_lake", "mainframe",
]  # fmt: skip


class Quote(Value):
    """The words of the brief that a value rests on."""

    text: str
    start: int
    """Offset of the first character in the brief."""
    end: int
    """Offset behind the last character; `brief[start:end] == text`."""


class Constraint(Value):
    """One field with its value and where the value comes from."""

    field: FieldName
    value: Any
    """Plain JSON: string, number, boolean or list of strings, as the field asks."""
    source: Source
    confidence: float
    """0 to 1."""
    quote: Quote | None = None
    """Always there for `stated`."""
    reason: str = ""
    """Always there for `inferred` and `default`: why this value."""


class Conflict(Value):
    """Statements that cannot all hold."""

    code: str
    """Stable name such as `intake.two_budgets`, `planning.cloud_not_supported`."""
    fields: tuple[FieldName, ...]
    message: str
    """What contradicts what, in one sentence a person can act on."""
    quotes: tuple[Quote, ...] = ()
    blocking: bool = False
    """Whether the design cannot go on before a person decided."""


class Extraction(Value):
    """What a brief says: at most one constraint a field, and the contradictions inside the text."""

    constraints: tuple[Constraint, ...]
    conflicts: tuple[Conflict, ...] = ()
    language: str = "en"
    notes: tuple[str, ...] = ()
    """Things seen and deliberately not taken over, such as instructions to the system inside the brief."""

    def find(self, field: FieldName) -> Constraint | None:
        """The constraint of a field, if the brief gives one."""
        return next((c for c in self.constraints if c.field == field), None)


class Coverage(Value):
    """How much of what a design needs is known."""

    known: tuple[FieldName, ...]
    missing: tuple[FieldName, ...]
    """Fields without a stated, inferred or answered value."""
    score: float
    """Weighted share of known fields, 0 to 1."""
    is_ml_brief: bool
    """False for an empty text, a recipe, noise: nothing to design."""
    message: str
    """One sentence for a person: what is known, or why there is nothing to design and what to write."""
