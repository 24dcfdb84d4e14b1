"""Tables of people: delimiters, encodings, headers."""

import pytest

from fraud_api.data.tables import read_raw
from fraud_api.running.errors import DataRefused


class TestReadRaw:
    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_finds_the_delimiter(self, tmp_path, mark):
        path = tmp_path / "table.csv"
        path.write_text(f"a{mark}b\n1{mark}None\n")
        frame, warnings = read_raw(path, ["a", "b"])
        assert frame.to_dict("records") == [{"a": "1", "b": "None"}]
        assert warnings == []

    def test_headers_may_differ_in_case_and_punctuation(self, tmp_path):
        path = tmp_path / "table.csv"
        path.write_text("Account-Age, PLAN\n1,x\n")
        frame, warnings = read_raw(path, ["account_age", "plan"])
        assert list(frame) == ["account_age", "plan"]
        assert len(warnings) == 2

    def test_other_encodings_are_read_with_a_warning(self, tmp_path):
        path = tmp_path / "table.csv"
        path.write_bytes("name\nZoë\n".encode("cp1252"))
        frame, warnings = read_raw(path, ["name"])
        assert frame["name"].tolist() == ["Zoë"]
        assert "not UTF-8" in warnings[0]

    def test_utf8_with_a_few_other_bytes_is_refused_with_their_line(self, tmp_path):
        path = tmp_path / "table.csv"
        path.write_bytes("name\nZoë\nRenée\n".encode() + b"Ann\xff\n")
        with pytest.raises(DataRefused, match="line 4"):
            read_raw(path, ["name"])

    def test_a_number_of_json_that_is_none_is_missing(self, tmp_path):
        path = tmp_path / "table.jsonl"
        path.write_text('{"a": NaN}\n{"a": -Infinity}\n{"a": 1}\n')
        assert read_raw(path, ["a"])[0]["a"].tolist() == [None, None, 1]

    @pytest.mark.parametrize("above", ["\n", "Report 2024\n", "Report 2024,,\n,,\nMay,,\n"])
    def test_blank_lines_and_titles_above_the_header_are_skipped(self, tmp_path, above):
        path = tmp_path / "table.csv"
        path.write_text(f"{above}a,b,c\n1,2,3\n")
        frame, warnings = read_raw(path, ["a", "b", "c"])
        assert frame.to_dict("records") == [{"a": "1", "b": "2", "c": "3"}]
        assert bool(warnings) == bool(above.strip())

    def test_rows_of_values_are_never_skipped(self, tmp_path):
        path = tmp_path / "table.csv"
        path.write_text("x,y,z\n1,2,3\na,b,c\n")
        assert list(read_raw(path, ["a", "b", "c"])[0]) == ["x", "y", "z"]

    def test_a_name_repeats_where_the_contract_says_so_or_does_not_know_it(self, tmp_path):
        path = tmp_path / "table.csv"
        path.write_text("a,b,a,c,c\n1,2,3,4,5\n")
        frame, _ = read_raw(path, ["a", "b"], repeated=["a"])
        assert frame[["a", "b"]].to_dict("records") == [{"a": "1", "b": "2"}]
        with pytest.raises(DataRefused, match="twice: a"):
            read_raw(path, ["a", "b"])

    @pytest.mark.parametrize("text", ["", "a,a\n1,2\n", "a,b\n1,2\n1,2,3\n"])
    def test_what_is_no_table_is_refused(self, tmp_path, text):
        path = tmp_path / "table.csv"
        path.write_text(text)
        with pytest.raises(DataRefused):
            read_raw(path, ["a", "b"])
