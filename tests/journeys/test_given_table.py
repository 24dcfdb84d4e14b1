"""`design --data --target`: from a person's own table to a repository written for it."""

import csv
import io
import json
import random
from pathlib import Path

import pytest

from tests.support.command import CommandLine
from tests.support.product import CHURN

TO_THE_END = ("--answers", "defaults", "--approve", "--json")


@pytest.fixture
def examining(tmp_path: Path, runtime_python: Path) -> CommandLine:
    """The command with recorded checks that examines tables in the real sandbox."""
    return CommandLine(tmp_path / "home", checks="twin", sandbox="bubblewrap", poll_seconds="0.05")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Four hundred customers, semicolons between the cells, with an address of each."""
    drawn = random.Random(7)
    path = tmp_path / "customers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(["customer", "e-mail", "plan", "monthly usd", "calls", "left"])
        for number in range(400):
            calls = drawn.randrange(9)
            gone = "yes" if calls + drawn.random() * 4 > 8 else "no"
            lines.writerow(
                [
                    f"C{number:05d}",
                    f"person{number}@mail.example",
                    drawn.choice(["basic", "plus", "family"]),
                    round(drawn.uniform(5, 80), 2),
                    calls,
                    gone,
                ]
            )
    return path


def test_the_repository_is_written_for_the_table_and_holds_nobodys_address(
    examining: CommandLine, table: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    ended = examining("design", CHURN, "--data", table, "--target", "left", *TO_THE_END, "--out", made)
    assert ended.code == 0, ended.err + ended.out
    schema = json.loads((made / "data" / "schema.json").read_text())
    columns = {column["name"]: column for column in schema["columns"]}
    assert columns["left"]["role"] == "target"
    assert columns["calls"]["role"] == columns["plan"]["role"] == "feature"
    assert columns["customer"]["role"] == "id"
    assert "e-mail" not in columns
    sample = list(csv.DictReader(io.StringIO((made / "data" / "sample.csv").read_text())))
    assert set(sample[0]) == set(columns)
    assert {row["plan"] for row in sample} == {"basic", "plus", "family"}
    given = table.read_text()
    written = [path for path in made.rglob("*") if path.is_file()]
    assert "person1@mail.example" in given
    assert [path for path in written if b"@mail.example" in path.read_bytes()] == []


def test_without_a_target_the_likeliest_column_is_predicted_and_said(
    examining: CommandLine, table: Path
) -> None:
    ended = examining("design", CHURN, "--data", table, *TO_THE_END[:-1])
    assert ended.code == 0, ended.err
    assert "classification of 'left'" in " ".join(ended.err.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--data", "TABLE", "--target", "gone"), "left"),
        (("--data", "nowhere.csv"), "nowhere.csv"),
        (("--target", "left"), "--data"),
    ],
)
def test_what_cannot_be_used_starts_nothing(
    examining: CommandLine, table: Path, arguments: tuple[str, ...], said: str
) -> None:
    given = [str(table) if argument == "TABLE" else argument for argument in arguments]
    ended = examining("design", CHURN, *given, *TO_THE_END)
    assert (ended.code, ended.result["status"]) == (2, "failed"), ended.err
    assert said in json.dumps(ended.result["problem"])
    assert examining("runs", "list", "--json").result["runs"] == []


def test_a_file_that_is_no_table_is_refused(examining: CommandLine, tmp_path: Path) -> None:
    picture = tmp_path / "customers.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    ended = examining("design", CHURN, "--data", picture, *TO_THE_END)
    assert ended.code == 2, ended.err + ended.out
    assert "binary" in ended.result["problem"]["message"]
    assert examining("runs", "list", "--json").result["runs"] == []
