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

    @pytest.mark.parametrize("text", ["", "a,a\n1,2\n", "a,b\n1,2\n1,2,3\n"])
    def test_what_is_no_table_is_refused(self, tmp_path, text):
        path = tmp_path / "table.csv"
        path.write_text(text)
        with pytest.raises(DataRefused):
            read_raw(path, ["a", "b"])
