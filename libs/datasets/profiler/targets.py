"""Which column is probably to be predicted, with the reasons; and what kind of task that would be."""

import re
from typing import Any

_MOST_CLASSES = 20
_MOST_CLASS_CODES = 15
"""Different whole numbers up to which they are taken for classes."""
_STRONG = re.compile(
    r"(^|[\s_\-.])(target|label|class|outcome|y|response|churn(ed)?|fraud|default(ed)?|survived|is_[a-z]+|status)"
    r"($|[\s_\-.])|class$",
    re.I,
)
_MEDIUM = re.compile(
    r"(^|[\s_\-.])(price|species|score|rating|sales?|revenue|amount|demand|quality|diagnosis|result|binary|delay|"
    r"approved|converted|clicked|category|type|weather|damage|fan|income|value|total|cost|grade|risk)($|[\s_\-.$])",
    re.I,
)
_SUGGESTED = 5


def task_of(column: dict[str, Any]) -> str | None:
    """`classification`, `regression`, or None for what cannot be learned."""
    classes = column["distinct"]
    if classes < 2:
        return None
    if column["kind"] in ("boolean", "category"):
        return "classification" if classes <= 100 else None
    if column["kind"] == "integer":
        return "classification" if classes <= _MOST_CLASS_CODES and _codes(column) else "regression"
    return "regression" if column["kind"] == "number" else None


def suggestions(columns: list[dict[str, Any]], rows: int) -> list[dict[str, Any]]:
    """The likeliest targets, the best first."""
    rated = [
        rating
        for place, column in enumerate(columns)
        if (rating := _rated(column, place, len(columns), rows))
    ]
    rated.sort(key=lambda each: (-each["score"], each["column"]))
    return rated[:_SUGGESTED]


def _rated(column: dict[str, Any], place: int, width: int, rows: int) -> dict[str, Any] | None:
    task = task_of(column)
    personal = column["personal"]
    if task is None or (personal and personal["direct"]) or column["missing"] == rows:
        return None
    if task == "classification" and column["distinct"] > _MOST_CLASSES:
        return None
    score, reasons = 0.1, []
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column["name"])
    if _STRONG.search(spoken):
        score += 0.5
        reasons.append("its name says that it is an outcome")
    elif _MEDIUM.search(spoken):
        score += 0.3
        reasons.append("its name is one that outcomes often have")
    if place == width - 1:
        score += 0.2
        reasons.append("it is the last column")
    elif place == 0:
        score += 0.15
        reasons.append("it is the first column")
    if task == "classification" and column["kind"] != "integer":
        score += 0.1
        reasons.append(f"it has {column['distinct']} classes")
    share = column["missing"] / max(rows, 1)
    if share:
        score -= 0.3 * share
        reasons.append(f"{share:.0%} of its cells are missing")
    if personal:
        score -= 0.2
    return {
        "column": column["name"],
        "task": task,
        "score": round(max(score, 0.0), 3),
        "reasons": reasons or ["its values could be predicted"],
    }


def _codes(column: dict[str, Any]) -> bool:
    """Whether few whole numbers are class codes or small counts, and not a year or an amount."""
    low, high = column.get("minimum"), column.get("maximum")
    return low is not None and high is not None and low >= -1 and high <= 100 and column["distinct"] <= 10
