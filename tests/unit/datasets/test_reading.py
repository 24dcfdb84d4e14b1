"""Files of every format and defect: what is read, and what is refused with which words."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from libs.core.settings import Settings
from libs.datasets.models import DatasetProfile
from tests.support.tables import PROGRAM, RunningProfiler
from tests.unit.datasets.files import Cell, archive, csv_of, workbook

Profile = Callable[[str | bytes], DatasetProfile]
Refusal = Callable[[str | bytes], dict[str, Any]]


def kinds(profile: DatasetProfile) -> dict[str, str]:
    return {column.name: column.kind for column in profile.columns}


class TestCsv:
    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_finds_the_delimiter(self, profile: Profile, mark: str) -> None:
        found = profile(csv_of(f"a{mark}b", f"1{mark}x, y" if mark != "," else '1,"x, y"', copies=3))
        assert found.source.delimiter == mark
        assert kinds(found) == {"a": "integer", "b": "category"}

    @pytest.mark.parametrize(
        ("content", "encoding"),
        [
            ("name,n\nZoë,1\n".encode(), "utf-8"),
            ("\ufeffname,n\nZoë,1\n".encode(), "utf-8-sig"),
            ("name,n\nZoë,1\n".encode("cp1252"), "cp1252"),
            ("name,n\nZo\x81,1\n".encode("latin-1"), "latin-1"),
            ("name,n\nZoë,1\n".encode("utf-16"), "utf-16"),
        ],
    )
    def test_finds_the_encoding(self, profile: Profile, content: bytes, encoding: str) -> None:
        found = profile(content)
        assert found.source.encoding == encoding
        assert [column.name for column in found.columns] == ["name", "n"]

    def test_joins_two_header_rows(self, profile: Profile) -> None:
        found = profile(csv_of("id,films,,age", ",Hope,Empire,Response", "1,Hope,,30", "2,,Empire,31"))
        assert [column.name for column in found.columns] == ["id", "films / Hope", "films / Empire", "age"]
        assert (found.source.header_rows, found.source.rows) == (2, 2)

    def test_numbers_repeated_and_blank_names(self, profile: Profile) -> None:
        found = profile(csv_of("a,a,,b  c", "1,2,3,4"))
        assert [column.name for column in found.columns] == ["a", "a (2)", "column 3", "b c"]

    def test_blank_lines_before_the_header_are_no_rows(self, profile: Profile) -> None:
        found = profile("\n\n" + csv_of("a,b", "1,x", "2.5,y"))
        assert kinds(found) == {"a": "number", "b": "category"}
        assert found.source.rows == 2

    def test_titles_above_the_header_are_skipped_and_told(self, profile: Profile) -> None:
        found = profile("Sales report,,\n\nMay,,\n" + csv_of("a,b,c", "1,x,2", "2,y,3", copies=3))
        assert [column.name for column in found.columns] == ["a", "b", "c"]
        assert found.source.rows == 6
        assert "titles" in found.source.notes[0]

    def test_a_column_that_alone_is_filled_at_first_is_no_title(self, profile: Profile) -> None:
        found = profile(csv_of("a,b,c", "x,,", "y,,", "z,1,2"))
        assert (found.source.rows, found.source.notes) == (3, ())

    def test_keeps_line_breaks_inside_quotes(self, profile: Profile) -> None:
        found = profile('note,n\n"one\ntwo",1\n"<p>three</p>",2\n')
        assert found.source.rows == 2
        assert found.columns[0].notes == ("Some cells hold HTML tags or entities.",)

    def test_counts_rows_that_are_equal(self, profile: Profile) -> None:
        assert profile(csv_of("a,b", "1,x", "2,y", copies=3)).source.duplicates == 4

    def test_names_the_lines_of_ragged_rows(self, refusal: Refusal) -> None:
        found = refusal('a,b\n1,2\n"x\ny",3\n4,5,6\n7\n')
        assert found["code"] == "datasets.ragged"
        assert found["facts"]["lines"] == [{"line": 5, "cells": 3}, {"line": 6, "cells": 1}]
        assert "line 5 has 3" in found["message"]


class TestOtherFormats:
    def test_json_lines(self, profile: Profile) -> None:
        rows = [{"a": 1, "b": True, "c": [1]}, {"a": 2.5, "d": "x"}]
        found = profile("\n".join(map(json.dumps, rows)))
        assert kinds(found) == {"a": "number", "b": "boolean", "c": "nested", "d": "category"}
        assert [column.missing for column in found.columns] == [0, 1, 1, 1]

    def test_an_excel_sheet_with_a_formula(self, profile: Profile) -> None:
        rows: list[list[Cell]] = [["n", "word", "flag"], [1.0, "x", True], [2.5, "None", False]]
        found = profile(workbook(rows, formula="1+1.5"))
        assert found.source.sheet == "Data"
        assert kinds(found) == {"n": "number", "word": "category", "flag": "boolean"}
        assert found.source.notes == (
            "Some cells hold formulas; the results that were stored with them were read.",
        )

    def test_parquet(
        self, profiler: RunningProfiler, shared_file: Callable[[str], Path], tmp_path: Path
    ) -> None:
        source = shared_file("data/dev/penguins.csv")
        path = tmp_path / "penguins.parquet"
        to_parquet(source, path)
        found, same = profiler.profile(path), profiler.profile(source)
        assert found.source.format == "parquet"
        assert [(c.name, c.missing, c.distinct) for c in found.columns] == [
            (c.name, c.missing, c.distinct) for c in same.columns
        ]


class TestRefusals:
    def test_name_the_line_of_a_byte_that_is_not_in_the_encoding(self, refusal: Refusal) -> None:
        found = refusal("city,n\nZürich,1\nGenève,2\n".encode() + b"Basel\xff,3\n")
        assert found["facts"]["lines"] == [{"line": 4}]
        assert "line 4" in found["message"]

    def test_name_the_column_of_a_type_that_has_no_text(self) -> None:
        program = (
            "import pyarrow as pa; from profiler.read_parquet import text_of_column; "
            "text_of_column('gap', pa.array([(1, 2, 3)], pa.month_day_nano_interval()))"
        )
        done = subprocess.run(
            [str(Settings().runtime_python), "-c", program],
            cwd=PROGRAM,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Refused: Column 'gap' is of the type month_day_nano_interval" in done.stderr

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "datasets.empty"),
            (b"  \n\n", "datasets.empty"),
            (b"a,b\n", "datasets.no_rows"),
            ("city,n\nZürich,1\nGenève,2\n".encode() + b"Basel\xff,3\n", "datasets.unreadable"),
            ('{"a": "Zürich"}\n'.encode("cp1252"), "datasets.unreadable"),
            (b"Sales by region\nregion,2023,2024\nNorth,1,2\nSouth,3,4\n", "datasets.unreadable"),
            (b"\x00\x01\x02\xff" * 900, "datasets.format_unknown"),
            (b"<!DOCTYPE html><html></html>", "datasets.format_unknown"),
            (b"\xd0\xcf\x11\xe0rest", "datasets.format_unknown"),
            (b"\x1f\x8b\x08rest", "datasets.format_unknown"),
            (b'[{"a": 1}]', "datasets.format_unknown"),
            (b'{"a": 1}\n{"a": \n', "datasets.unreadable"),
            (b"PAR1 and nothing more", "datasets.unreadable"),
            (b"PK\x03\x04 no archive", "datasets.unreadable"),
            (archive({"readme.txt": b"hello"}), "datasets.format_unknown"),
            (archive({"xl/workbook.xml": b"<x/>", "b": b"0" * 60_000_000}), "datasets.too_large"),
        ],
    )
    def test_say_what_it_is_and_what_to_do(self, refusal: Refusal, content: bytes, code: str) -> None:
        found = refusal(content)
        assert found["code"] == code
        assert found["message"].endswith((".", ")"))
        assert found["advice"]


def to_parquet(source: Path, path: Path) -> None:
    program = "import sys, pandas; pandas.read_csv(sys.argv[1]).to_parquet(sys.argv[2])"
    subprocess.run([str(Settings().runtime_python), "-c", program, str(source), str(path)], check=True)
