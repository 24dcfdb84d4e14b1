"""The contract of an uploaded table, and repositories with the names it brings."""

import csv
import io
import json

from libs.codegen.answers import read_answers, write_answers
from libs.codegen.renderer import render
from libs.codegen.sampling import sample_csv
from libs.codegen.table_contract import table_answers
from libs.datasets.models import Leak
from tests.support.tables import blueprint_of
from tests.unit.datasets.views import EMAIL, column, view

AWKWARD = ("Cost Total $", "1st", 'a "quoted" | `name`', "価格", "{{ x }}", "a,b;c", "# not a comment: no")


class TestTableAnswers:
    def test_leave_out_what_nothing_should_be_learned_from(self) -> None:
        table = view(
            column("mail", "category", personal=EMAIL),
            column("code", "category"),
            column("list", "nested"),
            column("same", "category", constant=True, distinct=1),
            column("kept"),
            leaks=(Leak(column="code", score=1.0),),
        )
        answers = table_answers(table, "classification")
        assert [c.name for c in answers.columns] == ["kept", "y"]
        said = " ".join(answers.assumptions)
        assert all(name in said for name in ("mail", "code", "list", "same"))

    def test_leave_room_around_what_was_seen(self) -> None:
        answers = table_answers(view(column("a"), column("b", minimum=-5.0)), "classification")
        assert [(c.minimum, c.maximum) for c in answers.columns[:2]] == [(0.0, 20.0), (-20.0, 25.0)]

    def test_take_over_what_counts_as_missing(self) -> None:
        answers = table_answers(view(column("a", missing=3, missing_literals={"NA": 3})), "classification")
        assert (answers.columns[0].nullable, answers.columns[0].missing) == (True, ("NA",))

    def test_only_a_column_of_dates_that_every_row_has_orders_the_rows(self) -> None:
        dates = (column("some", "datetime", missing=2), column("all", "datetime"), column("more", "datetime"))
        roles = {c.name: c.role for c in table_answers(view(*dates), "classification").columns}
        assert (roles["some"], roles["all"], roles["more"]) == ("feature", "time", "feature")

    def test_a_sample_with_personal_data_is_drawn_and_not_taken(self) -> None:
        table = view(column("mail", "category", personal=EMAIL), column("a"))
        bp = blueprint_of(table)
        assert bp.sample == ""
        assert "mail" not in sample_csv(bp).splitlines()[0]
        assert any("synthetic" in assumption for assumption in bp.assumptions)

    def test_a_real_sample_is_handed_over_as_it_is(self) -> None:
        rows = tuple((f"{n}.50", "yes" if n % 4 else "no") for n in range(100))
        bp = blueprint_of(view(column("a"), sample=rows))
        read = list(csv.reader(io.StringIO(sample_csv(bp))))
        assert read == [["a", "y"], *map(list, rows)]


class TestAwkwardNames:
    def test_survive_rendering_and_recording(self) -> None:
        bp = blueprint_of(view(*(column(name) for name in AWKWARD), target="is it: so?"), "online_api")
        files = {file.path: file.content.decode() for file in render(bp)}
        schema = json.loads(files["data/schema.json"])
        assert [c["name"] for c in schema["columns"]] == [*AWKWARD, "is it: so?"]
        assert json.loads(files["pipeline.json"])["target"] == "is it: so?"
        assert read_answers(write_answers(bp)) == bp
