"""What the data catalog says of the files that batches leave in the lake: the columns that their programs write.

Types are those of Hive, as the AWS Glue Data Catalog keeps them. Tests of the generated repository hold the tables
against what a run has written.
"""

import re
from typing import Literal

from libs.codegen.manifest_adapters import SPARK_SCORING
from libs.codegen.models import Blueprint, ColumnAnswer
from libs.core.values import Value

_TYPES = {"boolean": "boolean", "integer": "bigint"}
_NAME = re.compile(r"[a-z0-9_]{1,255}")
"""Names that every engine reads without quotes."""
_CITATION = (
    "number:bigint",
    *(f"{n}:string" for n in ("passage_id", "document_id", "title", "source", "quote")),
)
_ANSWERS = {
    "id": "string",
    "question": "string",
    "outcome": "string",
    "answer": "string",
    "refused": "boolean",
    "reason": "string",
    "error": "string",
    "citations": f"array<struct<{','.join(_CITATION)}>>",
    "usage": "struct<prompt_tokens:bigint,answer_tokens:bigint,usd:double>",
    "milliseconds": "map<string,double>",
    "release": "string",
}


class LakeTable(Value):
    """Files below `curated/<name>/`, by one name."""

    name: Literal["predictions", "answers"]
    format: Literal["parquet", "json"]
    columns: dict[str, str]
    """Types by their names."""


def lake_tables(bp: Blueprint) -> tuple[LakeTable, ...]:
    """The tables of a plan whose batches write to the lake; none in another store or where requests come one by one."""
    if bp.archetype != "batch_scoring" or bp.option("store") != "s3_lake":
        return ()
    if bp.workload == "rag":
        return (LakeTable(name="answers", format="json", columns=_ANSWERS),)
    return (LakeTable(name="predictions", format="parquet", columns=_predictions(bp)),)


def _predictions(bp: Blueprint) -> dict[str, str]:
    """Identifiers, prediction, probabilities and where they come from.

    A column whose name is no plain word, such as the probability of `New York`, is in the files alone: engines
    differ in what they make of it.
    """
    # The program for Spark writes every class as text, and neither numbers of rows nor explanations.
    spark = bp.option("serve") in SPARK_SCORING
    target = next(column for column in bp.columns if column.role == "target")
    identifiers = [c.name for c in bp.columns if c.role == "id" or c.kind == "id"]
    probabilities = (
        [f"probability_{label}" for label in _labels(target)] if bp.task == "classification" else []
    )
    found = {
        **dict.fromkeys(map(str.lower, identifiers), "string"),
        "prediction": _prediction(bp.task, target, spark=spark),
        **dict.fromkeys(map(str.lower, probabilities), "double"),
        "error": "string",
        **({"explanation": "string"} if bp.stated.explainability == "per_prediction" and not spark else {}),
        **({} if spark else {"row_number": "bigint"}),
        "run_id": "string",
        "model_version": "string",
        "predicted_at": "timestamp",
    }
    return {name: kind for name, kind in found.items() if _NAME.fullmatch(name)}


def _labels(target: ColumnAnswer) -> tuple[str, ...]:
    """Classes as predictions spell them; none where the contract does not list them."""
    if target.kind == "boolean":
        return ("False", "True")
    return target.categories


def _prediction(task: str, target: ColumnAnswer, *, spark: bool) -> str:
    if task == "regression":
        return "double"
    if spark:
        return "string"
    if target.kind == "number":
        return "bigint" if all(float(label).is_integer() for label in target.categories) else "double"
    return _TYPES.get(target.kind, "string")
