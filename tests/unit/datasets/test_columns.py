"""What a column is, what is missing in it, and what the profile says of a target."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.tables import RunningProfiler
from tests.unit.datasets.conftest import Column, Profile, Write
from tests.unit.datasets.files import csv_of


class TestMissing:
    def test_the_word_none_is_a_class_like_any_other(self, column: Column) -> None:
        found = column("None", "None", "Minor", "Substantial")
        assert (found.kind, found.missing, found.distinct) == ("category", 0, 3)
        assert found.top_values[0].value == "None"

    def test_na_is_a_value_until_a_column_of_numbers_uses_it(self, profile: Profile) -> None:
        country = "country,n\nNA,1\nDE,2\nFR,3\n"
        unproven, proven = profile(country), profile(country + "DE,NA\n")
        assert [unproven.columns[0].missing, proven.columns[0].missing] == [0, 1]
        assert proven.markers == ("NA",)
        assert proven.columns[0].missing_literals == {"NA": 1}

    def test_words_for_nothing_are_missing_among_numbers(self, column: Column) -> None:
        found = column("1.5", "2", "None", "NA", "", "#N/A")
        assert (found.kind, found.missing) == ("number", 4)
        assert found.missing_literals == {"None": 1, "NA": 1, "#N/A": 1}

    @pytest.mark.parametrize("literal", ["#N/A", "NULL", "NaN", "n/a"])
    def test_null_of_a_program_is_missing_everywhere(self, column: Column, literal: str) -> None:
        assert column("a", "b", literal).missing_literals == {literal: 1}


class TestKind:
    @pytest.mark.parametrize(
        ("cells", "kind"),
        [
            (("1", "2.5", "-3e4", "+.5", "7."), "number"),
            (("1", "-2", "3.0"), "integer"),
            (("007", "012", "345"), "category"),
            (("12345678901234567890", "12345678901234567891"), "category"),
            (("yes", "No", "yes"), "boolean"),
            (("yes", "no", "maybe"), "category"),
            (("2024-02-29", "2024-03-01T10:00:00Z"), "datetime"),
            (("2024-02-30", "2024-03-01"), "category"),
            (("3/14/2024", "12/1/24 10:30"), "datetime"),
            (tuple(f"c{n:03d}" for n in range(30)), "id"),
            (tuple(f"the customer said that {n} was too much" for n in range(60)), "text"),
            (("", "", ""), "empty"),
            (("1,5", "2,25", "3,0"), "category"),
            ((*(f"{n}.5" for n in range(40)), "<0.5"), "category"),
            (tuple(f"{n},25" for n in range(40)), "category"),
            (tuple(f"${n}.50" for n in range(40)), "category"),
            ((*(f"{n}.5" for n in range(20)), *(f"{n},5" for n in range(20))), "category"),
            ((*(f"2024-03-{n:02d}" for n in range(1, 31)), "later"), "category"),
        ],
    )
    def test_follows_from_the_cells(self, column: Column, cells: tuple[str, ...], kind: str) -> None:
        assert column(*cells).kind == kind

    @pytest.mark.parametrize(
        ("stray", "said"),
        [("<0.5", "40 of 41 cells are numbers"), ("7,5", "40 of 41 cells are numbers"), ("", "")],
    )
    def test_numbers_that_are_not_read_as_such_are_told(self, column: Column, stray: str, said: str) -> None:
        found = column(*(f"{n}.5" for n in range(40)), stray)
        assert found.kind == ("category" if said else "number")
        assert " ".join(found.notes).startswith(said)

    def test_numbers_beyond_those_of_a_computer_are_missing_and_told(self, column: Column) -> None:
        found = column("1.5", "2", "1e999", "-1e400", "3")
        assert (found.kind, found.missing, found.maximum) == ("number", 2, 3.0)
        assert found.notes == ("Numbers that are too large for arithmetic are read as missing.",)

    @pytest.mark.parametrize(("times", "kind"), [(1, "id"), (2, "category")])
    def test_codes_that_look_like_numbers_are_text_and_names_where_all_differ(
        self, column: Column, times: int, kind: str
    ) -> None:
        digests = (f"{n}e{n * 7 + 400}" for n in range(1, 60))
        large = (str(10**17 + n) for n in range(59))
        leading = (f"{n:05d}" for n in range(59))
        for codes in (digests, large, leading):
            found = column(*(code for code in codes for _ in range(times)), name="z")
            assert (found.kind, found.minimum) == (kind, None)

    def test_a_name_for_rows_says_more_than_their_digits(self, column: Column) -> None:
        cells = (*(str(n * n + 10_000) for n in range(40)), "10003A")
        assert column(*cells, name="ticket_no").kind == "id"
        assert column(*cells, name="weight").kind == "category"

    def test_the_day_comes_first_where_it_must(self, column: Column) -> None:
        found = column("13/05/2024", "01/06/2024")
        assert (found.day_first, found.earliest[:10], found.latest[:10]) == (True, "2024-05-13", "2024-06-01")

    def test_whole_numbers_that_count_the_rows_are_identifiers(self, profile: Profile) -> None:
        found = profile(csv_of("nr,amount", *(f"{n},{n * 7 % 50}" for n in range(1, 41))))
        assert [column.kind for column in found.columns] == ["id", "integer"]

    def test_one_value_is_constant_unless_others_are_missing(self, column: Column) -> None:
        assert column("a", "a").constant
        assert not column("a", "").constant


class TestFigures:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=60), st.integers(0, 5))
    def test_are_those_of_the_cells(
        self, profiler: RunningProfiler, write: Write, numbers: list[int], empty: int
    ) -> None:
        rows = [f"{number},k" for number in numbers] + [",k"] * empty
        found = profiler.profile(write(csv_of("n,c", *rows))).columns[0]
        assert (found.minimum, found.maximum) == (min(numbers), max(numbers))
        assert found.mean == pytest.approx(sum(numbers) / len(numbers))
        assert (found.distinct, found.missing) == (len(set(numbers)), empty)
        assert sorted(numbers)[(len(numbers) - 1) // 2] == found.quantiles.get("0.5", found.minimum)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.text(max_size=12), min_size=1, max_size=20))
    def test_any_text_can_be_profiled(
        self, profiler: RunningProfiler, write: Write, cells: list[str]
    ) -> None:
        plain = [
            cell.replace("\0", "").replace("\r", " ").encode("utf-8", "ignore").decode() for cell in cells
        ]
        quoted = ['"' + cell.replace('"', '""') + '"' for cell in plain]
        found = profiler.profile(write(csv_of("t,n", *(f"{cell},1" for cell in quoted))))
        assert found.source.rows == len(cells)
        assert found.columns[0].missing + found.columns[0].distinct <= len(cells)


class TestTarget:
    def test_is_suggested_with_reasons(self, profile: Profile) -> None:
        rows = [f"{n % 7},{n * 13 % 29},{'yes' if n % 3 else 'no'}" for n in range(90)]
        best = profile(csv_of("a,b,churned", *rows)).targets[0]
        assert (best.column, best.task) == ("churned", "classification")
        assert "it is the last column" in best.reasons

    def test_a_column_that_repeats_it_is_a_leak(self, profiler: RunningProfiler, write: Write) -> None:
        rows = [f"{n % 7},{'P' if n % 3 else 'F'}{n % 2},{'pass' if n % 3 else 'fail'}" for n in range(90)]
        view = profiler.view(write(csv_of("a,code,result", *rows)), "result")
        assert [leak.column for leak in view.leaks] == ["code"]
        assert set(view.left_out) == {"code"}

    def test_the_sample_holds_every_class_that_can_be_learned(
        self, profiler: RunningProfiler, write: Write
    ) -> None:
        def label(n: int) -> str:
            return "once" if n == 0 else "rare" if n % 50 == 0 else "often"

        view = profiler.view(
            write(csv_of("a,b,y", *(f"{n},{n * 7 % 31},{label(n)}" for n in range(1000)))), "y"
        )
        found = [row[2] for row in view.sample]
        assert len(found) == 200
        assert found.count("rare") >= 10
        assert "once" not in found
        assert view.classes == {"often": 980, "rare": 19, "once": 1}

    def test_rows_with_a_mark_of_a_person_are_not_sampled(
        self, profiler: RunningProfiler, write: Write
    ) -> None:
        rows = [f"item {n} is fine,{n % 11},{n % 2}" for n in range(100)]
        view = profiler.view(write(csv_of("code,b,y", *rows, "ask z@example.com,3,1")), "y")
        assert [row for row in view.sample if "@" in row[0]] == []

    def test_many_different_numbers_in_few_rows_are_no_leak(
        self, profiler: RunningProfiler, write: Write
    ) -> None:
        rows = [f"{n * 7919 % 1000},{n % 5},{'yes' if n % 3 else 'no'}" for n in range(90)]
        assert profiler.view(write(csv_of("a,b,y", *rows)), "y").leaks == ()
