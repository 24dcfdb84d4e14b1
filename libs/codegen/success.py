"""By what a system is judged: which stated metric its evaluation computes, and where the target is."""

from libs.codegen import wording
from libs.codegen.models import Blueprint

MEASURED: dict[str, tuple[str, ...]] = {
    "classification": ("accuracy", "f1", "log_loss", "pr_auc", "precision", "recall", "roc_auc"),
    "regression": ("mae", "mape", "r2", "rmse", "smape", "wape"),
}
"""The metrics that evaluation computes for each task, and that a target can be set for."""
_OF_ANSWERS = {"faithfulness": "groundedness", "mrr": "mrr", "ndcg": "ndcg_at_k", "recall": "recall_at_k"}
_JUDGED = {"answer_relevancy": "judged_relevance", "faithfulness": "judged_faithfulness"}
_BY_JUDGE = dict.fromkeys(
    ("production_sampling", "rag_evaluation_job", "rag_evaluation_own_judge"), _JUDGED
) | {"bedrock_evaluations": {"faithfulness": "judged_faithfulness"}}
"""What the judge of each evaluation says, by what people call it."""


def gate_metric(bp: Blueprint) -> str:
    """What an evaluation of answers calls the stated metric; empty when it does not measure it."""
    stated = bp.stated.success_metric or ""
    evaluation = bp.components.get("evaluation")
    judged = _BY_JUDGE.get(evaluation.option, {}) if evaluation is not None else {}
    return judged.get(stated) or _OF_ANSWERS.get(stated, "")


def success_words(bp: Blueprint) -> str:
    """What follows from the stated metric and its target."""
    metric, target = bp.stated.success_metric, bp.stated.success_target
    if metric is None and not bp.corpus:
        return "it holds no model back, because the metric that it belongs to was not named"
    if bp.corpus:
        return _of_answers(bp)
    if metric not in MEASURED[bp.task]:
        return f"{metric} is not measured for a {bp.task}: models are judged by {bp.metric}"
    if target is None:
        return "no target was named, so it holds no model back; every evaluation reports it"
    return f"config/train.yaml: a model that misses {metric} {wording.number(target)} is not released"


def _of_answers(bp: Blueprint) -> str:
    metric, target = gate_metric(bp), bp.stated.success_target
    if metric and target is not None:
        asked = f"{metric} below {wording.number(target)}"
        return f"gate.asked in config/rag.yaml: on AWS no release has {asked}"
    return (
        "gate.minimum in config/rag.yaml decides: raise it after the first evaluation with your own questions"
    )
