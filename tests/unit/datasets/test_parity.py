"""A generated pipeline reads the very file that its contract was made from, as the profiler has read it."""

import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.renderer import TEMPLATES
from libs.codegen.table_contract import table_answers
from libs.core.settings import Settings
from tests.support.tables import RunningProfiler
from tests.unit.datasets.files import Cell, archive, workbook

_PIPELINE = """
import json, sys
from pathlib import Path
from types import SimpleNamespace
from __package__.data.contract import DataContract, repeated
from __package__.data.tables import read_raw
from __package__.ingest import check
from __package__.running.errors import DataRefused

for line in sys.stdin:
    asked = json.loads(line)
    contract = DataContract.from_json(asked["contract"])
    names = [column.name for column in contract.columns]
    try:
        raw, warnings = read_raw(Path(asked["file"]), names, repeated(contract.columns))
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

    def test_is_that_of_a_workbook_whatever_the_name_of_the_file_ends_with(self, read: Read) -> None:
        rows: list[list[Cell]] = [["a", "y"]]
        rows += ([n / 7, "pq"[n * 7 % 5 > 2]] for n in range(ROWS))
        assert read(workbook(rows), "table.xlsm")["problems"] == 0

    @pytest.mark.parametrize(
        ("header", "columns"),
        [
            ("mail,x,mail,y", ["x", "y"]),
            ("flag,x,flag,y", ["flag", "x", "y"]),
            ("same,x,same,y", ["x", "y"]),
        ],
    )
    def test_may_repeat_a_name_of_which_a_column_is_left_out(
        self, read: Read, header: str, columns: list[str]
    ) -> None:
        first = "mail" if "mail" in header else header.split(",")[0]
        cells = {"mail": "u{n}@c.example", "flag": "{word}", "same": "1"}[first]
        last = "w{n}@c.example" if first == "mail" else "1"
        rows = (
            f"{cells},{{x}},{last},{{y}}".format(
                n=n, word="abc"[n % 3], x=n * 7 % 13 / 3, y="pq"[n * 7 % 5 > 2]
            )
            for n in range(ROWS)
        )
        found = read("\n".join([header, *rows]) + "\n")
        assert found["columns"] == columns
        assert (found["problems"], len(found["cells"])) == (0, ROWS)


class TestTypedCells:
    def test_durations_of_a_workbook_are_seconds(self, read: Read) -> None:
        rows: list[list[Cell]] = [["time", "y"]]
        rows += ([(n % 30 + 1) / 24, "pq"[n * 7 % 5 > 2]] for n in range(ROWS))
        found = read(durations(workbook(rows)), "table.xlsx")
        assert (found["problems"], found["cells"][0][0], found["cells"][29][0]) == (0, 3600, 30 * 3600)

    @pytest.mark.parametrize(
        ("array", "first"),
        [
            ("pa.array([timedelta(milliseconds=500 * n + 500) for n in N])", 0.5),
            ("pa.array([n * n + 1 for n in N], pa.duration('s'))", 1),
            ("pa.array([inf if n % 5 == 0 else n / 3 for n in N])", None),
            ("pa.array([nan if n % 5 == 0 else n / 3 for n in N])", None),
            ("pa.array([numpy.float16(n % 9 + 2) for n in N])", 2),
            ("pa.array([UUID(int=n) for n in N], pa.uuid())", "00000000-0000-0000-0000-000000000000"),
            ("pa.array([2**60 + n % 3 if n % 9 != 1 else None for n in N])", str(2**60)),
        ],
    )
    def test_of_parquet_are_those_of_the_profile(
        self, read: Read, tmp_path: Path, array: str, first: object
    ) -> None:
        found = read(parquet(tmp_path / "written", f"a={array}"), "table.bin")
        assert (found["columns"], found["problems"]) == (["a", "x", "y"], 0)
        assert found["cells"][0][0] == first

    def test_bytes_are_left_out_and_an_index_is_a_column(self, read: Read, tmp_path: Path) -> None:
        columns = "a=pa.array([UUID(int=n).bytes for n in N], pa.binary(16)), __index_level_0__=x"
        found = read(parquet(tmp_path / "written", columns), "table.parquet")
        assert found["columns"] == ["__index_level_0__", "x", "y"]
        assert found["view"].left_out == {"a": "they hold lists, objects or bytes"}
        assert found["problems"] == 0

    def test_numbers_beyond_those_of_a_computer_are_missing(self, read: Read) -> None:
        cells = ["1e999", "-1e999", *(str(n / 7) for n in range(2, ROWS))]
        lines = (f"{cell},{'pq'[n * 7 % 5 > 2]}" for n, cell in enumerate(cells))
        found = read("\n".join(["a,y", *lines]) + "\n")
        assert (found["problems"], found["cells"][0][0], found["cells"][1][0]) == (0, None, None)


def durations(book: bytes) -> bytes:
    """The workbook with its numbers shown as [h]:mm:ss, from which readers learn that they are durations."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(book)) as archived:
        parts = {name: archived.read(name) for name in archived.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<c r="(A\d+)"><v>', rb'<c r="\1" s="1"><v>', parts[sheet])
    parts["xl/styles.xml"] = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2">'
        b'<xf numFmtId="0"/><xf numFmtId="46" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    links = "xl/_rels/workbook.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    style = b'<Relationship Id="rId2" Type="%b" Target="styles.xml"/></Relationships>' % kind
    parts[links] = parts[links].replace(b"</Relationships>", style)
    return archive(parts)


def parquet(path: Path, columns: str) -> bytes:
    """A table with these columns, one of numbers, and a class."""
    program = (
        "import sys, numpy, pyarrow as pa, pyarrow.parquet as pq\n"
        "from datetime import timedelta\nfrom math import inf, nan\nfrom uuid import UUID\n"
        f"N = range({ROWS})\nx = pa.array([n * 7 % 13 / 3 for n in N])\n"
        "y = pa.array(['pq'[n * 7 % 5 > 2] for n in N])\n"
        f"pq.write_table(pa.table(dict({columns}, **{{'x': x, 'y': y}})), sys.argv[1])"
    )
    subprocess.run([str(Settings().runtime_python), "-c", program, str(path)], check=True)
    return path.read_bytes()
