"""What is said about how a table was read, and about whom it is."""

from libs.datasets.models import ColumnProfile, DatasetProfile, PersonalFinding, SourceFacts
from tests.unit.datasets.views import EMAIL, column

BORN = PersonalFinding(kind="birth_date", confidence=0.9, share=1.0, direct=False, reason="its name")


def profile(*columns: ColumnProfile, notes: tuple[str, ...] = ()) -> DatasetProfile:
    return DatasetProfile(
        source=SourceFacts(format="csv", rows=500, duplicates=0, notes=notes), columns=columns
    )


class TestRemarks:
    def test_the_file_comes_first_and_columns_of_which_the_same_is_said_stand_together(self) -> None:
        dates = {"notes": ("the day comes first",)}
        found = profile(column("a", **dates), column("b", **dates), notes=("two titles were left out",))
        assert found.remarks == ("two titles were left out", "'a', 'b': the day comes first")

    def test_no_more_columns_are_named_than_one_reads(self) -> None:
        columns = [column(name, notes=("commas are decimal",)) for name in "abcdefg"]
        assert profile(*columns).remarks == ("'a', 'b', 'c', 'd', 'e' and 2 more: commas are decimal",)


class TestAboutPersons:
    def test_columns_of_one_kind_stand_together(self) -> None:
        found = profile(
            column("mail", "text", personal=EMAIL), column("n"), column("second_mail", "text", personal=EMAIL),
            column("born", "datetime", personal=BORN),
        )  # fmt: skip
        assert found.about_persons == (
            "'mail', 'second_mail': personal data (email)",
            "'born': personal data (birth date)",
        )

    def test_nothing_is_said_where_there_is_nobody(self) -> None:
        assert profile(column("n")).about_persons == ()
