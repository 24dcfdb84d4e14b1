"""Sentences in several languages, units and wordings, one file of rows a field, each with the value it gives."""

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from libs.intake.models import FieldName
from tests.unit.intake.reading import checked

_FILES = sorted((Path(__file__).parent / "readings").glob("*.yaml"))
_ROWS = [
    pytest.param(file.stem, text, expected, id=f"{file.stem}-{place}")
    for file in _FILES
    for place, (text, expected) in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("field", "text", "expected"), _ROWS)
def test_reads_the_value(field: FieldName, text: str, expected: Any) -> None:
    constraint = checked(text).find(field)

    found = constraint.value if constraint is not None else None
    if isinstance(expected, list):
        assert found is not None
        assert set(found) == set(expected)
    else:
        assert found == (pytest.approx(expected, rel=0.01) if isinstance(expected, float) else expected)


def test_every_field_has_rows_that_give_a_value() -> None:
    given = {row.values[0] for row in _ROWS if row.values[2] is not None}

    assert given == set(get_args(FieldName))
