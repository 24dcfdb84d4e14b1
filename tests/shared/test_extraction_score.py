"""The rules against the labelled briefs of the shared folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from libs.intake.extraction import extract

_REPOSITORY = Path(__file__).resolve().parents[2]
_BRIEFS = Path(os.environ.get("AGENTIC_MLOPS_SHARED") or _REPOSITORY.parent / "shared") / "briefs"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def labelled() -> list[dict[str, str]]:
    if not (_BRIEFS / "score.py").is_file():
        reason = f"no labelled briefs at {_BRIEFS}: set AGENTIC_MLOPS_SHARED"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    lines = (_BRIEFS / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def score(labelled: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    predictions = tmp_path_factory.mktemp("briefs") / "predictions.jsonl"
    predictions.write_text(
        "".join(json.dumps(_prediction(each)) + "\n" for each in labelled), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(_BRIEFS / "score.py"), str(predictions), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _prediction(brief: dict[str, str]) -> dict[str, object]:
    extraction = extract(brief["text"])
    return {
        "id": brief["id"],
        "extracted": {
            each.field: each.value for each in extraction.constraints if each.source in ("stated", "inferred")
        },
        "defaults": [],
        "conflicts": [conflict.message for conflict in extraction.conflicts],
    }


def test_values_are_read_well_enough(score: dict[str, float]) -> None:
    assert score["mean_f1"] >= 0.92


def test_hardly_anything_is_invented(score: dict[str, float]) -> None:
    assert score["hallucination_rate"] <= 0.01


def test_every_quote_is_exact(labelled: list[dict[str, str]]) -> None:
    for brief in labelled:
        for each in extract(brief["text"]).constraints:
            if each.quote is not None:
                assert brief["text"][each.quote.start : each.quote.end] == each.quote.text


def test_conflicts_are_found_where_there_are_some_and_nowhere_else(score: dict[str, Any]) -> None:
    assert score["conflicts"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


@pytest.mark.parametrize(
    "sentence", ["The canteen serves soup today.", "Our logo is green and we are proud of it."]
)
def test_an_unrelated_sentence_changes_no_stated_value(labelled: list[dict[str, str]], sentence: str) -> None:
    for brief in labelled:
        if brief["text"].strip():
            assert _stated(f"{brief['text']}\n\n{sentence}") == _stated(brief["text"]), brief["id"]


def _stated(text: str) -> dict[str, Any]:
    return {each.field: each.value for each in extract(text).constraints if each.source == "stated"}
