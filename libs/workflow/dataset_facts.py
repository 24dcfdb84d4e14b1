"""What an uploaded table says about the fields of a brief, and where it disagrees with what was stated.

Pure. Facts are `inferred`: they fill what nobody stated and never replace a stated or answered value; where both
speak of the same thing and cannot both be right, that is a conflict for a person.
"""

from collections.abc import Iterator, Sequence

from libs.datasets.models import DatasetView, PersonalKind, TableTask
from libs.datasets.targets import can_be
from libs.intake.models import Conflict, Constraint, DataClass, FieldName, MlTask
from libs.planning.questions import UNSURE

_FORMATS = {"csv": "csv", "parquet": "parquet", "jsonl": "jsonl", "xlsx": "excel"}
_GB = 1e9
_SMALLEST_GB = 0.001
_RESTRICTED: frozenset[PersonalKind] = frozenset({"card_number", "national_id"})
_OPEN: frozenset[DataClass] = frozenset({"public", "internal"})
_LEARNED_AS: dict[MlTask, TableTask] = {
    "classification": "classification",
    "regression": "regression",
    "forecasting": "regression",
}
"""Tasks that fix what the target must be; the others can be learned either way."""


def facts(view: DatasetView, known: Sequence[Constraint] = ()) -> tuple[Constraint, ...]:
    """Inferred constraints of the table; a more precise task that fits it, such as forecasting, stays."""
    task = next((c for c in known if c.field == "ml_task"), None)
    precise = task is not None and _is_precise(task, view)
    return tuple(fact for fact in _facts(view) if not (precise and fact.field == "ml_task"))


def _is_precise(task: Constraint, view: DatasetView) -> bool:
    # Nothing is learned from a table where documents are answered from: whoever brings one may not have meant that.
    guessed = task.value == "llm_rag" and task.source == "inferred" and task.confidence < UNSURE
    named: MlTask = task.value
    return named not in ("none", "other") and not guessed and _LEARNED_AS.get(named, view.task) == view.task


def disagreements(constraints: Sequence[Constraint], view: DatasetView) -> tuple[Conflict, ...]:
    """Stated values that the table contradicts, and a task for which it is not used, whoever read it in the brief."""
    known = {c.field: c for c in constraints if c.source in ("stated", "answered")}
    unused = next((c for c in constraints if c.field == "ml_task" and c.value == "llm_rag"), None)
    found = _disagreements(known, view)
    return (_unused(unused, view), *found) if unused and _is_precise(unused, view) else tuple(found)


def _unused(task: Constraint, view: DatasetView) -> Conflict:
    return _conflict(
        "task",
        task,
        f"The brief asks for answers from documents, and nothing is learned from the table {view.name}, whose target "
        f"{view.target!r} {_target_words(view)}. To learn from it, change the task to {view.task}.",
    )


def learned_task(constraints: Sequence[Constraint], view: DatasetView) -> TableTask:
    """What the target is learned as: as stated where its values allow it, else as the table says."""
    stated = next((c for c in constraints if c.field == "ml_task" and c.source != "inferred"), None)
    column = view.profile.find(view.target)
    wanted = _LEARNED_AS.get(stated.value) if stated else None
    if wanted is not None and column is not None and can_be(column, wanted):
        return wanted
    return view.task


def _facts(view: DatasetView) -> Iterator[Constraint]:
    yield _fact("ml_task", view.task, f"the target {view.target!r} {_target_words(view)}", 0.85)
    volume = max(round(view.bytes / _GB, 3), _SMALLEST_GB)
    yield _fact("data_volume_gb", volume, f"the uploaded file has {view.bytes:,} bytes", 0.6)
    name = _FORMATS[view.profile.source.format]
    yield _fact("data_formats", [name], f"the uploaded file is {name}", 0.8)
    if view.profile.personal:
        yield _fact("personal_data", True, _personal_words(view), 0.9)
        yield _fact("data_classification", _classification(view), _personal_words(view), 0.8)


def _disagreements(known: dict[FieldName, Constraint], view: DatasetView) -> Iterator[Conflict]:
    task = known.get("ml_task")
    wanted = _LEARNED_AS.get(task.value) if task else None
    column = view.profile.find(view.target)
    if task and wanted and wanted != view.task and column is not None:
        yield _conflict(
            "task",
            task,
            f"The brief asks for {task.value}, and the target {view.target!r} of the dataset {_target_words(view)}, "
            f"which is a {view.task}. Name another target, or change the task.",
        )
    volume = known.get("data_volume_gb")
    if volume and view.bytes / _GB > float(volume.value):
        yield _conflict(
            "data_volume",
            volume,
            f"The brief speaks of {volume.value:g} GB of data, and the uploaded file alone has "
            f"{view.bytes / _GB:.3g} GB.",
        )
    if not view.profile.personal:
        return
    personal = known.get("personal_data")
    if personal and personal.value is False:
        yield _conflict(
            "personal_data",
            personal,
            f"The brief says that there is no personal data, and {_personal_words(view)}.",
        )
    secrecy = known.get("data_classification")
    if secrecy and secrecy.value in _OPEN:
        yield _conflict(
            "data_classification",
            secrecy,
            f"The brief calls the data {secrecy.value}, and {_personal_words(view)}; "
            f"that asks for {_classification(view)}.",
        )


def _fact(field: FieldName, value: object, reason: str, confidence: float) -> Constraint:
    return Constraint(
        field=field, value=value, source="inferred", confidence=confidence, reason=f"dataset: {reason}"
    )


def _conflict(what: str, constraint: Constraint, message: str) -> Conflict:
    quotes = (constraint.quote,) if constraint.quote else ()
    return Conflict(code=f"datasets.{what}", fields=(constraint.field,), message=message, quotes=quotes)


def _classification(view: DatasetView) -> DataClass:
    kinds = {column.personal.kind for column in view.profile.personal if column.personal}
    return "restricted" if kinds & _RESTRICTED else "sensitive"


def _personal_words(view: DatasetView) -> str:
    named = [f"{c.name!r} ({c.personal.kind.replace('_', ' ')})" for c in view.profile.personal if c.personal]
    more = f" and {len(named) - 5} more" if len(named) > 5 else ""
    return f"the dataset holds personal data in {', '.join(named[:5])}{more}"


def _target_words(view: DatasetView) -> str:
    return f"has {len(view.classes)} classes" if view.classes else "is a number"
