"""The stated metric of answers is held against what the evaluation of the plan says."""

import pytest

from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from libs.codegen.success import gate_metric, success_words
from tests.support.blueprints_rag import support_blueprint


def evaluated(option: str, metric: str) -> Blueprint:
    bp = support_blueprint()
    component = bp.components["evaluation"].model_copy(update={"option": option})
    stated = bp.stated.model_copy(update={"success_metric": metric, "success_target": 0.9})
    return bp.model_copy(update={"components": {**bp.components, "evaluation": component}, "stated": stated})


@pytest.mark.parametrize(
    ("option", "metric", "asked"),
    [
        ("retrieval_metrics", "faithfulness", "groundedness"),
        ("bedrock_evaluations", "faithfulness", "judged_faithfulness"),
        ("rag_evaluation_job", "faithfulness", "judged_faithfulness"),
        ("rag_evaluation_job", "answer_relevancy", "judged_relevance"),
        ("production_sampling", "ndcg", "ndcg_at_k"),
    ],
)
def test_a_stated_metric_is_a_gate(option: str, metric: str, asked: str) -> None:
    bp = evaluated(option, metric)
    assert gate_metric(bp) == asked
    assert f"no release has {asked} below 0.9" in success_words(bp)
    config = next(file for file in render(bp) if file.path == "config/rag.yaml").content.decode()
    assert f"    {asked}: 0.9\n" in config


@pytest.mark.parametrize("option", ["retrieval_metrics", "bedrock_evaluations"])
def test_what_nobody_judges_is_no_gate(option: str) -> None:
    bp = evaluated(option, "answer_relevancy")
    assert gate_metric(bp) == ""
    assert "gate.minimum" in success_words(bp)
