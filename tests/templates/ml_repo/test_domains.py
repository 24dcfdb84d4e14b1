"""Every declared schema gives a sample from which the pipeline learns."""

import json
from pathlib import Path

import pytest
import yaml

from libs.codegen.datacontract import DomainContract
from tests.support.blueprints import fraud_blueprint
from tests.templates.ml_repo.repository import run, write

_CONTRACTS = Path(__file__).parents[3] / "libs" / "codegen" / "schemas" / "contracts"


@pytest.mark.long
@pytest.mark.parametrize("domain", sorted(path.stem for path in _CONTRACTS.glob("*.yaml")))
def test_a_model_of_the_sample_passes_its_quality_gate(domain: str, tmp_path: Path) -> None:
    contract = DomainContract.model_validate(yaml.safe_load((_CONTRACTS / f"{domain}.yaml").read_text()))
    for task, target in contract.targets.items():
        blueprint = fraud_blueprint(
            task=task,
            metric="roc_auc" if task == "classification" else "rmse",
            target=target.name,
            columns=contract.columns_for(task),
        )
        folder = write(blueprint, tmp_path / task / "repository")
        work = tmp_path / task / "work"
        done = run(folder, "all", "--data", "data/sample.csv", "--work", str(work), "--trials", "0")
        assert done.returncode == 0, done.stderr
        facts = json.loads((work / "register" / "model" / "model.json").read_text())
        assert facts["quality_gate"] == "passed"
        ingested = json.loads((work / "ingest" / "result.json").read_text())
        assert ingested["warnings"] == []
