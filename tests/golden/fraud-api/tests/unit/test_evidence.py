"""`make evidence` and the mirror into MLflow."""

import hashlib
import json
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
