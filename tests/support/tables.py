"""Uploaded tables without an upload: the profiler run beside the tests, and repositories made from what it says."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.table_contract import table_answers
from libs.core.settings import Settings
from libs.datasets import targets
from libs.datasets.models import DatasetProfile, DatasetView
from tests.support.codegen_plans import example_plan

PROGRAM = Path(__file__).resolve().parents[2] / "libs" / "datasets"

REAL_TABLES = {
    "penguins": "species",
    "telco_churn": "churn",
    "credit_status": "Status",
    "thyroid": "ThryroidClass",
    "birdstrikes": "Effect Amount of damage",
    "seattle_weather": "weather",
    "food_reviews": "score",
    "ames_housing": "Sale_Price",
    "diamonds": "price",
    "nyc_flights": "arr_delay",
    "bechdel_movies": "binary",
    "star_wars_survey": "Do you consider yourself to be a fan of the Star Wars film franchise?",
}
"""The tables of the shared folder and what is predicted from each."""


_DRIVER = """
import json, sys
from profiler.__main__ import respond
for line in sys.stdin:
    print(json.dumps(respond(json.loads(line))), flush=True)
"""


class RunningProfiler:
    """The profiler kept running beside the tests; outside of the sandbox, for files that the tests made themselves."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._process = subprocess.Popen(
            [str(Settings().runtime_python), "-c", _DRIVER],
            cwd=PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self, file: Path, **request: Any) -> dict[str, Any]:
        """The answer to one request."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(
            json.dumps({"file": str(file), "work": str(self._work), "seed": 7, **request}) + "\n"
        )
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def profile(self, file: Path) -> DatasetProfile:
        """The profile of a table that can be read."""
        answer = self.answer(file)
        assert answer["status"] == "ok", answer
        known = {key: value for key, value in answer.items() if key in DatasetProfile.model_fields}
        return DatasetProfile.model_validate(known)

    def view(self, file: Path, target: str | None = None) -> DatasetView:
        """All that a design needs of the table."""
        profile = self.profile(file)
        column, task = targets.chosen(profile, target)
        answer = self.answer(file, target=column.name, task=task, real_sample=profile.may_be_shown)
        content = file.read_bytes()
        return DatasetView(
            dataset_id="dat_test",
            name=file.name,
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            profile=profile,
            target=column.name,
            task=task,
            **answer["target"],
        )

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)


def blueprint_of(view: DatasetView, archetype: str = "batch_scoring") -> Blueprint:
    """The answers of a repository for the table."""
    return build_blueprint(
        example_plan(archetype), (), name="", brief_title="", data=table_answers(view, view.task)
    )
