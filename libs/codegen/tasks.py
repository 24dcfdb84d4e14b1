"""What the pipeline does for each machine-learning task, and what that assumes."""

from typing import Literal, NamedTuple

from libs.codegen.datacontract import TabularTask
from libs.intake.models import MlTask


class TaskMapping(NamedTuple):
    """What a table is learned for, or retrieval; and the assumption to tell, empty when nothing is assumed."""

    task: TabularTask | Literal["retrieval"]
    assumption: str


_PRECOMPUTED = (
    "The pipeline learns a {task} from features computed before it ({features}); the step that computes "
    "them is not part of this repository."
)
_MAPPINGS: dict[MlTask, TaskMapping] = {
    "classification": TaskMapping("classification", ""),
    "regression": TaskMapping("regression", ""),
    "forecasting": TaskMapping(
        "regression",
        "Forecasting is learned as a regression on lagged values: one row is one series at one time, "
        "and rows are split by time.",
    ),
    "anomaly": TaskMapping(
        "classification",
        "Anomaly detection is learned as a classification of confirmed events; "
        "it needs labels of past events.",
    ),
    "ranking": TaskMapping(
        "classification",
        "Ranking is learned pointwise: the probability that an item is opened orders the list.",
    ),
    "recommendation": TaskMapping(
        "classification",
        "Recommendation is learned as the probability that a person opens an item; candidates come from an "
        "earlier retrieval step.",
    ),
    "nlp": TaskMapping(
        "classification",
        _PRECOMPUTED.format(task="classification", features="embeddings and counts of the text"),
    ),
    "llm_rag": TaskMapping(
        "retrieval",
        "Nothing is trained: documents are indexed, passages are found, and a language model answers from them.",
    ),
    "vision": TaskMapping(
        "classification", _PRECOMPUTED.format(task="classification", features="embeddings of the image")
    ),
    "other": TaskMapping(
        "classification", "The brief names no known task; a classification of one event is assumed."
    ),
    "none": TaskMapping(
        "classification", "The brief names no task; a classification of one event is assumed."
    ),
}


def map_task(ml_task: MlTask) -> TaskMapping:
    """What stands for a machine-learning task."""
    return _MAPPINGS[ml_task]
