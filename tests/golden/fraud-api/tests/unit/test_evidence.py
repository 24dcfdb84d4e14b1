"""`make evidence` and the mirror into MLflow."""

import hashlib
import json
import re
import sys

from fraud_api.running.repository import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import evidence
import mirror_mlflow


class TestEvidence:
    def test_names_inputs_model_and_what_was_not_run(self, trained):
        found = evidence.collect(ROOT, trained.work, ROOT / "data" / "sample.csv")
        data = (ROOT / "data" / "sample.csv").read_bytes()
        assert found["inputs"]["data"]["sha256"] == hashlib.sha256(data).hexdigest()
        assert set(found["stages"]) == {p.parent.name for p in trained.work.glob("*/result.json")}
        assert found["model"]["files"].keys() == {p.name for p in trained.model.iterdir()}
        assert "Not run: make drill." in found["says"]
        json.dumps(found, allow_nan=False)


class TestMirror:
    def test_gives_every_stage_a_finished_run_with_its_figures(self, trained):
        calls: list[tuple[str, dict]] = []

        def server(endpoint: str, body: dict) -> dict:
            calls.append((endpoint, body))
            answers = {
                "experiments/create": {"experiment_id": "7"},
                "runs/create": {"run": {"info": {"run_id": f"run{len(calls)}"}}},
            }
            return answers.get(endpoint, {})

        stages = {p.parent.name for p in trained.work.glob("*/result.json")}
        assert mirror_mlflow.mirror(trained.work, "example", server) == len(stages)
        created = {body["run_name"] for endpoint, body in calls if endpoint == "runs/create"}
        assert created == stages
        logged = [body for endpoint, body in calls if endpoint == "runs/log-batch"]
        metric = trained.result("evaluate")["metrics"]
        assert set(metric) <= {m["key"] for body in logged for m in body["metrics"]}
        assert all(body["status"] == "FINISHED" for end, body in calls if end == "runs/update")

    def test_sends_names_that_the_server_takes_and_tells_twins_apart(self):
        columns = ("t (°C)", "t [°C]", "t __C_", "km/h", "a//b", "größe", "x" * 300, "x" * 301)
        keys = mirror_mlflow.keys_of(f"importance_{column}" for column in columns)
        assert len(set(keys.values())) == len(columns)
        assert all(re.fullmatch(r"[\w.\- ]{1,250}", key) for key in keys.values())
        for column in ("t __C_", "größe"):
            assert keys[f"importance_{column}"] == f"importance_{column}"

    def test_sends_no_more_metrics_at_once_than_the_server_takes(self):
        metric = {"value": 1.0, "low": 0.5, "high": 1.5}
        result = {
            "seconds": 1.0,
            "seed": 7,
            "message": "",
            "inputs": {},
            "metrics": {f"importance_{number}": metric for number in range(900)},
        }
        parts = mirror_mlflow.batches(result, 0)
        assert all(len(part["metrics"]) < 1000 for part in parts)
        assert len({m["key"] for part in parts for m in part["metrics"]}) == 2701
        assert [("tags" in part) for part in parts] == [True, False, False, False]
