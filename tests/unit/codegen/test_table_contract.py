"""The contract of an uploaded table, and repositories with the names it brings."""

import csv
import io
import json
from statistics import mean
from typing import Any

import pytest

from libs.codegen.answers import read_answers, write_answers
from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from libs.codegen.sampling import sample_csv
from libs.codegen.table_contract import table_answers
from libs.datasets.models import ColumnProfile, DatasetView, Leak, PersonalFinding, ValueCount
from libs.intake.models import Constraint, FieldName
from tests.support.codegen_plans import example_plan
from tests.support.tables import blueprint_of
from tests.unit.datasets.views import EMAIL, column, view

AWKWARD = ("Cost Total $", "1st", 'a "quoted" | `name`', "価格", "{{ x }}", "a,b;c", "# not a comment: no")


def values(*names: str) -> tuple[ValueCount, ...]:
    return tuple(ValueCount(value=name, count=30) for name in names)


def indirect(kind: str) -> PersonalFinding:
    return PersonalFinding.model_validate(
        {"kind": kind, "confidence": 0.6, "share": 0.0, "direct": False, "reason": "the header names it"}
    )


def with_target(
    kind: str, classes: dict[str, int], beside: tuple[ColumnProfile, ...] = (), **facts: Any
) -> DatasetView:
    """A table whose target `y` is of that kind."""
    table = view(*(beside or (column("a"),)), classes=classes)
    columns = (*table.profile.columns[:-1], column("y", kind, **facts))
    return table.model_copy(update={"profile": table.profile.model_copy(update={"columns": columns})})


def data_card(bp: Blueprint) -> str:
    return next(f.content.decode() for f in render(bp) if f.path == "docs/data_card.md")


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

    def test_say_how_columns_were_read_and_which_name_rows(self) -> None:
        noted = [column(f"c{n}", "category", notes=("Looks like numbers.",)) for n in range(7)]
        said = table_answers(view(column("key", "id"), *noted), "classification").assumptions
        assert "'c0', 'c1', 'c2', 'c3', 'c4' and 2 more: Looks like numbers." in said
        assert "Taken for identifiers of rows, and not learned from: key." in said

    def test_leave_room_around_what_was_seen(self) -> None:
        answers = table_answers(view(column("a"), column("b", minimum=-5.0)), "classification")
        assert [(c.minimum, c.maximum) for c in answers.columns[:2]] == [(0.0, 20.0), (-20.0, 25.0)]

    def test_numbers_near_the_largest_have_no_bounds(self) -> None:
        answers = table_answers(view(column("a", maximum=1.5e308)), "classification")
        assert (answers.columns[0].minimum, answers.columns[0].maximum) == (None, None)

    def test_take_over_what_counts_as_missing(self) -> None:
        answers = table_answers(view(column("a", missing=3, missing_literals={"NA": 3})), "classification")
        assert (answers.columns[0].nullable, answers.columns[0].missing) == (True, ("NA",))

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

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("personal_data", True, "there is personal data, says the brief"),
            ("data_classification", "sensitive", "the data is classified as sensitive"),
            ("data_classification", "restricted", "the data is classified as restricted"),
        ],
    )
    def test_real_rows_stay_out_where_the_brief_speaks_of_persons(
        self, field: FieldName, value: object, words: str
    ) -> None:
        rows = tuple((f"{n}.50", "yes" if n % 4 else "no") for n in range(100))
        said = Constraint(field=field, value=value, source="default", confidence=0.5)
        answers = table_answers(view(column("a"), sample=rows), "classification", (said,))
        assert answers.sample == ""
        assert answers.assumptions[-1].endswith(f"because {words}.")

    def test_real_rows_stay_out_where_columns_together_tell_who_they_are_about(self) -> None:
        columns = [column(kind, personal=indirect(kind)) for kind in ("age", "gender")]
        rows = tuple(("40", "1", "yes") for _ in range(100))
        bp = blueprint_of(view(*columns, sample=rows))
        assert (bp.sample, bp.telling) == ("", ("age", "gender"))
        card = data_card(bp)
        assert "`age, gender` name nobody" in card
        assert "No personal data was found" not in card
        assert blueprint_of(view(columns[0], column("b"), sample=rows)).telling == ()


class TestCategories:
    def test_are_all_of_them_or_none(self) -> None:
        two, long = values("p", "q"), values("x" * 200, "y")
        table = view(
            column("whole", "category", distinct=2, top_values=two),
            column("part", "category", distinct=3, top_values=two),
            column("cut", "category", distinct=2, top_values=long),
        )
        found = {c.name: c.categories for c in table_answers(table, "classification").columns}
        assert (found["whole"], found["part"], found["cut"]) == (("p", "q"), (), ())

    def test_of_the_target_are_its_classes(self) -> None:
        names = {f"class {n:03d}" + "x" * 241: 10 for n in range(60)}
        answers = table_answers(view(column("a"), classes=names), "classification")
        assert answers.columns[-1].categories == tuple(sorted(names))

    @pytest.mark.parametrize(
        ("kind", "names", "expected"),
        [
            ("integer", ("1", "10", "2", "2.0"), ("1", "2", "10")),
            ("integer", ("-1", "+1"), ("-1", "1")),
            ("number", ("1.50", "1", "2.5"), ("1", "1.5", "2.5")),
        ],
    )
    def test_of_a_target_in_numbers_are_spelled_like_predictions(
        self, kind: str, names: tuple[str, ...], expected: tuple[str, ...]
    ) -> None:
        table = with_target(kind, dict.fromkeys(names, 50))
        assert table_answers(table, "classification").columns[-1].categories == expected

    def test_of_a_number_that_is_asked_to_be_classes_are_its_values(self) -> None:
        table = with_target("number", {}, distinct=2, top_values=values("0.5", "1.0"))
        assert table_answers(table, "classification").columns[-1].categories == ("0.5", "1")


class TestDrawnSample:
    @pytest.mark.parametrize("names", [("1", "2", "3"), ("-1", "1"), ("1", "2", "3", "4", "5"), ("1", "1.5")])
    def test_has_the_classes_of_the_contract(self, names: tuple[str, ...]) -> None:
        table = with_target("number" if "1.5" in names else "integer", dict.fromkeys(names, 50))
        bp = blueprint_of(table)
        assert bp.sample == ""
        labels = {row[bp.target] for row in csv.DictReader(io.StringIO(sample_csv(bp)))}
        assert labels == set(names) == set(bp.columns[-1].categories)

    def test_of_a_wide_table_can_be_learned_from(self) -> None:
        flags = (column(f"flag{n}", "integer", distinct=2, maximum=1.0) for n in range(27))
        bp = blueprint_of(with_target("integer", {"0": 300, "1": 200}, beside=tuple(flags)))
        rows = list(csv.DictReader(io.StringIO(sample_csv(bp))))
        means = [mean(int(row["flag0"]) for row in rows if row["y"] == label) for label in "01"]
        assert abs(means[0] - means[1]) > 0.3


class TestTimeColumn:
    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (("all", "more"), "all"),
            (("started", "created_at"), "created_at"),
            (("dueDate", "orderDate"), "orderDate"),
            (("shipped", "Date"), "Date"),
            (("birth_date", "x"), "x"),
            (("birth_date", "signup", "valid_until", "Expiry Date", "first_order_date"), ""),
        ],
    )
    def test_says_when_the_row_happened_or_is_none(self, names: tuple[str, ...], expected: str) -> None:
        dates = view(*(column(name, "datetime") for name in names))
        roles = {c.name: c.role for c in table_answers(dates, "classification").columns}
        assert [name for name, role in roles.items() if role == "time"] == ([expected] if expected else [])

    def test_is_in_every_row_and_no_birth_date_by_another_name(self) -> None:
        born = column("nacimiento", "datetime", personal=indirect("birth_date"))
        dates = (column("event_time", "datetime", missing=2), born, column("all", "datetime"))
        roles = {c.name: c.role for c in table_answers(view(*dates), "classification").columns}
        assert (roles["event_time"], roles["nacimiento"], roles["all"]) == ("feature", "feature", "time")


class TestNames:
    @pytest.mark.parametrize(
        ("target", "project"),
        [
            ("arr_delay", "arr-delay-scoring"),
            ("Bruttó ár (Ft)", "brutto-ar-ft-scoring"),
            ("目标", "table-scoring"),
        ],
    )
    def test_come_from_the_target_where_the_brief_has_none(self, target: str, project: str) -> None:
        data = table_answers(view(column("a"), target=target), "classification")
        story = "Planes are late and passengers ask us why, which costs us a lot of money every single year."
        bp = build_blueprint(example_plan("batch_scoring"), (), name="", brief_title=story, data=data)
        assert (bp.project, bp.title) == (project, f"Classification of {target} in rows of t.csv")

    def test_say_what_a_story_wants(self) -> None:
        data = table_answers(view(column("a")), "classification")
        story = (
            "We are an airline with 300 planes, and we want a forecast of delays for each flight of tomorrow."
        )
        bp = build_blueprint(example_plan("batch_scoring"), (), name="", brief_title=story, data=data)
        assert bp.title == "Forecast of delays for each flight of tomorrow"


class TestDocuments:
    def test_a_table_that_is_not_used_is_said(self) -> None:
        plan = example_plan("online_api")
        asked = plan.requirements.model_copy(update={"ml_task": "llm_rag"})
        plan = plan.model_copy(update={"requirements": asked})
        data = table_answers(view(column("a")), "classification")
        bp = build_blueprint(plan, (), name="", brief_title="answers from our manuals", data=data)
        (said,) = [words for words in bp.assumptions if "table" in words]
        assert "nothing is learned from rows of t.csv" in said


class TestAwkwardNames:
    def test_survive_rendering_and_recording(self) -> None:
        bp = blueprint_of(view(*(column(name) for name in AWKWARD), target="is it: so?"), "online_api")
        files = {file.path: file.content.decode() for file in render(bp)}
        schema = json.loads(files["data/schema.json"])
        assert [c["name"] for c in schema["columns"]] == [*AWKWARD, "is it: so?"]
        assert json.loads(files["pipeline.json"])["target"] == "is it: so?"
        assert read_answers(write_answers(bp)) == bp
