"""What is counted agrees with its number: one minute, one day, one request, in every file of a tree."""

import re

import pytest

from libs.codegen.corpora import corpora
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from libs.codegen.stated import StatedAnswer
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint

_PLURAL_OF_ONE = re.compile(
    r"(?<![\w.,:/-])1 (?:minutes|hours|days|weeks|months|years|times|bytes|requests|questions|people|rows)\b"
)
_ONE = StatedAnswer(retention_days=1, rpo_minutes=1, rto_minutes=1, users=1)


def _plurals_of_one(bp: Blueprint) -> list[str]:
    counted = bp.model_copy(update={"stated": _ONE, "throughput_rps": 1.0, "predictions_per_day": 1.0})
    return [
        f"{file.path}: {line.strip()[:120]}"
        for file in render(counted)
        for line in file.content.decode(errors="replace").splitlines()
        if _PLURAL_OF_ONE.search(line)
    ]


@pytest.mark.parametrize("bp", [fraud_blueprint(), churn_blueprint()], ids=["online", "batch"])
def test_one_of_something_is_a_singular(bp: Blueprint) -> None:
    assert _plurals_of_one(bp) == []


@pytest.mark.parametrize("corpus", sorted(corpora()))
def test_documents_and_their_answers_count_alike(corpus: str) -> None:
    assert _plurals_of_one(support_blueprint(corpus=corpus)) == []
