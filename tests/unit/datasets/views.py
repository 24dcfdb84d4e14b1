"""Views of tables written by hand."""

from typing import Any

from libs.datasets.models import ColumnProfile, DatasetProfile, DatasetView, PersonalFinding, SourceFacts

EMAIL = PersonalFinding(
    kind="email", confidence=0.9, share=1.0, direct=True, reason="the values have its form"
)


def column(name: str, kind: str = "number", **facts: Any) -> ColumnProfile:
    """A column; numbers run from 0 to 10."""
    known: dict[str, Any] = {"missing": 0, "distinct": 30, "constant": False}
    if kind in ("number", "integer"):
        known |= {"minimum": 0.0, "maximum": 10.0}
    return ColumnProfile.model_validate({"name": name, "kind": kind, **known, **facts})


def view(*columns: ColumnProfile, target: str = "y", **facts: Any) -> DatasetView:
    """A table of 500 rows with these columns and a target of two classes."""
    known: dict[str, Any] = {
        "task": "classification",
        "classes": {"no": 400, "yes": 100},
        "rows": 500,
    } | facts
    y = column(target, "category", distinct=2)
    if known["task"] == "regression":
        y, known["classes"] = column(target), {}
    profile = DatasetProfile(source=SourceFacts(format="csv", rows=500, duplicates=0), columns=(*columns, y))
    return DatasetView(
        dataset_id="dat_1", name="t.csv", sha256="0" * 64, profile=profile, target=target,
        **{"bytes": 1000, **known},
    )  # fmt: skip
