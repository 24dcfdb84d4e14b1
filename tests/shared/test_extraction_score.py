"""The rules against the labelled briefs of the shared folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

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
def score(labelled: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
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
    result: dict[str, float] = json.loads(done.stdout)
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
    assert score["mean_f1"] >= 0.75


def test_hardly_anything_is_invented(score: dict[str, float]) -> None:
    assert score["hallucination_rate"] <= 0.03


def test_every_quote_is_exact(labelled: list[dict[str, str]]) -> None:
    for brief in labelled:
        for each in extract(brief["text"]).constraints:
            if each.quote is not None:
                assert brief["text"][each.quote.start : each.quote.end] == each.quote.text
