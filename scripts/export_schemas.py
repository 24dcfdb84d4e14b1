"""Writes the JSON Schemas of what several programs share, from the models that the product runs on.

python scripts/export_schemas.py [--out tests/golden/schemas]
"""

import argparse
import json
import sys
from pathlib import Path

from pydantic import BaseModel

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from api.routes.constraints import ConstraintFields  # noqa: E402
from api.schemas.catalogue import CatalogueRead  # noqa: E402
from api.schemas.designs import ChatCreate  # noqa: E402
from api.schemas.gates import DecisionCreate, GateRead  # noqa: E402
from api.schemas.shares import ShareCreate, ShareCreated, SharedRead, ShareRead  # noqa: E402
from libs.codegen.models import Blueprint, CheckResult  # noqa: E402
from libs.datasets.models import DatasetProfile  # noqa: E402
from libs.events.models import Event, ReasonCard  # noqa: E402
from libs.intake.models import Extraction  # noqa: E402
from libs.planning.models import Plan  # noqa: E402

OUT = ROOT / "tests" / "golden" / "schemas"

EXPORTED: dict[str, type[BaseModel]] = {
    "blueprint": Blueprint,
    "catalogue": CatalogueRead,
    "chat": ChatCreate,
    "check_result": CheckResult,
    "constraint_fields": ConstraintFields,
    "dataset_profile": DatasetProfile,
    "event": Event,
    "extraction": Extraction,
    "gate": GateRead,
    "gate_decision": DecisionCreate,
    "plan": Plan,
    "reason_card": ReasonCard,
    "share": ShareRead,
    "share_create": ShareCreate,
    "share_created": ShareCreated,
    "shared": SharedRead,
}


def schemas() -> dict[str, str]:
    """File name and text of every schema."""
    return {f"{name}.schema.json": _text(EXPORTED[name]) for name in sorted(EXPORTED)}


def main() -> None:
    """Writes them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (out / name).write_text(text, encoding="utf-8")
    print(f"{len(EXPORTED)} schemas in {out}")


def _text(model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
