"""A generated pipeline reads the very file that its contract was made from, as the profiler has read it."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.renderer import TEMPLATES
from libs.codegen.table_contract import table_answers
from libs.core.settings import Settings
from tests.support.tables import RunningProfiler
from tests.unit.datasets.files import Cell, workbook

_PIPELINE = """
import json, sys
from pathlib import Path
from types import SimpleNamespace
from __package__.data.contract import DataContract
from __package__.data.tables import read_raw
from __package__.ingest import check
from __package__.running.errors import DataRefused

for line in sys.stdin:
    asked = json.loads(line)
    contract = DataContract.from_json(asked["contract"])
    names = [column.name for column in contract.columns]
    try:
        raw, warnings = read_raw(Path(asked["file"]), names)
        raw = raw[[name for name in names if name in raw]]
        found = check(raw, contract, SimpleNamespace(max_bad_row_share=0.1, minimum_rows=50))
        cells = json.loads(found.table.to_json(orient="values"))
        answer = {"cells": cells, "problems": len(found.problems), "warnings": warnings}
    except DataRefused as refused:
        answer = {"refused": f"{refused.message} {refused.advice}"}
    print(json.dumps(answer), flush=True)
"""
ROWS = 80
Read = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def pipeline() -> Iterator["subprocess.Popen[str]"]:
    """The templates of the pipeline, which are a package as they stand."""
    process = subprocess.Popen(
        [str(Settings().runtime_python), "-c", _PIPELINE],
        env={
            **os.environ,
            "PYTHONPATH": str(TEMPLATES / "ml_repo" / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.communicate(timeout=30)


@pytest.fixture
def read(profiler: RunningProfiler, pipeline: "subprocess.Popen[str]", tmp_path: Path) -> Read:
    """What the pipeline reads of a file whose contract follows from the same file."""

    def of(content: str | bytes, name: str = "table.csv", target: str = "y") -> dict[str, Any]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        view = profiler.view(path, target)
        answers = table_answers(view, view.task)
        contract = {
            "task": answers.task,
            "target": answers.target,
            "columns": [column.model_dump() for column in answers.columns],
        }
        assert pipeline.stdin is not None
        assert pipeline.stdout is not None
        pipeline.stdin.write(json.dumps({"contract": contract, "file": str(path)}) + "\n")
        pipeline.stdin.flush()
        return {
            **json.loads(pipeline.stdout.readline()),
            "columns": [column.name for column in answers.columns],
            "view": view,
        }

    return of


def rows_of(*first: str) -> list[str]:
    """These lines, and rows of two numbers and a class."""
    return [*first, *(f"{n / 7:.3f},{n % 9},{'pq'[n * 7 % 5 > 2]}" for n in range(ROWS))]


class TestHeader:
    @pytest.mark.parametrize(
        "above",
        [
            ("",),
            ("", ""),
            ("Sales report 2024",),
            ("Sales report 2024,,", ",,"),
            ("Sales report", "", '"made on\n3 May",,'),
        ],
    )
    def test_is_found_below_blank_lines_and_titles(self, read: Read, above: tuple[str, ...]) -> None:
        found = read("\n".join(rows_of(*above, "a,x,y")) + "\n")
        assert found["columns"] == ["a", "x", "y"]
        assert (found["problems"], len(found["cells"])) == (0, ROWS)
        assert bool(found["view"].profile.source.notes) == bool(any(above)) == bool(found["warnings"])

    def test_is_found_below_titles_in_a_workbook(self, read: Read) -> None:
        rows: list[list[Cell]] = [["a", "x", "y"]]
        rows += ([float(n % 9), n / 7, "pq"[n * 7 % 5 > 2]] for n in range(ROWS))
        found = read(workbook([["Sales report", None, None], [None] * 3, *rows]), "table.xlsx")
        assert found["columns"] == ["a", "x", "y"]
        assert (found["problems"], len(found["cells"])) == (0, ROWS)
