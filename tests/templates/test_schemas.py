"""The exported JSON Schemas are those of the models, and real values satisfy them."""

import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from libs.core.values import Json
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.codegen_plans import example_plan

ROOT = Path(__file__).resolve().parents[2]
EXPORTED = ROOT / "tests" / "golden" / "schemas"


def schema(name: str) -> Any:
    return json.loads((EXPORTED / f"{name}.schema.json").read_text(encoding="utf-8"))


class TestExport:
    def test_is_current(self) -> None:
        """`python scripts/export_schemas.py` refreshes it."""
        made: dict[str, str] = runpy.run_path(str(ROOT / "scripts" / "export_schemas.py"))["schemas"]()
        kept = {path.name: path.read_text(encoding="utf-8") for path in sorted(EXPORTED.glob("*.json"))}
        assert kept == made

    def test_every_file_is_a_valid_schema(self) -> None:
        for path in EXPORTED.glob("*.json"):
            jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


class TestValues:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("plan", example_plan().to_json()),
            ("plan", example_plan("batch_scoring").to_json()),
            ("blueprint", fraud_blueprint().to_json()),
            ("blueprint", churn_blueprint().to_json()),
        ],
        ids=["online plan", "batch plan", "online blueprint", "batch blueprint"],
    )
    def test_a_real_value_satisfies_its_schema(self, name: str, value: Json) -> None:
        jsonschema.validate(value, schema(name), cls=jsonschema.Draft202012Validator)

    def test_an_unknown_key_does_not(self) -> None:
        value = {**fraud_blueprint().to_json(), "surprise": 1}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, schema("blueprint"), cls=jsonschema.Draft202012Validator)
