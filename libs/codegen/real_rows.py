"""Whether real rows of an uploaded table may be part of the repository that is made for it."""

from collections.abc import Sequence

from libs.datasets.models import DatasetView
from libs.intake.models import Constraint, DataClass

_SECRET: frozenset[DataClass] = frozenset({"sensitive", "restricted"})


def withheld(view: DatasetView, constraints: Sequence[Constraint]) -> str:
    """Why the repository holds none, as the end of a sentence; empty where it may.

    Args:
        view: what is known of the table.
        constraints: with the defaults that were worked out, so that every field has its value.
    """
    known = {constraint.field: constraint.value for constraint in constraints}
    if view.profile.personal:
        return "the uploaded table holds personal data"
    if view.profile.telling:
        *others, last = (column.name for column in view.profile.telling)
        return f"{', '.join(others)} and {last} together may tell who a row of the uploaded table is about"
    if known.get("personal_data") is True:
        return "there is personal data, says the brief"
    if known.get("data_classification") in _SECRET:
        return f"the data is classified as {known['data_classification']}"
    return "" if view.sample else "no row of the uploaded table could be taken for it"
