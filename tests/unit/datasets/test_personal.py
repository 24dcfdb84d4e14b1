"""Whom a column tells about: found by its header and its values, and never shown."""

import pytest

from tests.support.tables import RunningProfiler
from tests.unit.datasets.conftest import Column, Profile, Write
from tests.unit.datasets.files import csv_of

FIRST, LAST = ("Owen", "Laura", "William", "Anna", "Peter"), ("Braund", "Moran", "Allen", "Nasser")


class TestPersonal:
    @pytest.mark.parametrize(
        ("name", "cell", "kind"),
        [
            ("contact", "ann.lee{n}@example.org", "email"),
            ("phone", "+49 30 1234 {n:04d}", "phone"),
            ("last_name", "Miller{n}", "name"),
            ("ssn", "123-45-{n:04d}", "national_id"),
            ("x", "192.168.1.{n}", "ip_address"),
            ("home address", "{n} Elm Street", "address"),
        ],
    )
    def test_is_found_and_never_shown(self, column: Column, name: str, cell: str, kind: str) -> None:
        cells = [cell.format(n=n) for n in range(1, 31)]
        found = column(*cells, name=name)
        assert found.personal is not None
        assert (found.personal.kind, found.personal.direct) == (kind, True)
        told = found.model_dump_json()
        assert [each for each in cells if each in told] == []

    def test_card_numbers_are_told_by_their_check_sum(self, column: Column) -> None:
        cards = ["4111 1111 1111 1111", "5500 0000 0000 0004", "4012888888881881"]
        found = column(*cards)
        assert found.personal is not None
        assert found.personal.kind == "card_number"
        assert column(*(card[:-1] + "9" for card in cards)).personal is None

    def test_an_address_inside_of_a_text_counts(self, column: Column) -> None:
        texts = [f"please call me back about order number {n} soon" for n in range(60)]
        assert column(*texts).personal is None
        found = column(*texts, "my mail is bob@example.com thank you so much")
        assert found.personal is not None
        assert found.personal.direct

    def test_a_kind_of_place_is_no_address(self, column: Column) -> None:
        """`Street` of the Ames house prices: paved or gravel."""
        found = column(*["Pave", "Grvl"] * 30, name="Street").personal
        assert found is None or not found.direct
        few_rows = column("Elm Road", "Hill Lane", name="Street").personal
        assert few_rows is not None
        assert few_rows.direct

    @pytest.mark.parametrize("name", ["Airport Name", "Gender", "Neighborhood", "product"])
    def test_other_names_are_no_names_of_persons(self, column: Column, name: str) -> None:
        found = column("one", "two", "two", name=name).personal
        assert found is None or not found.direct


class TestHeader:
    @pytest.mark.parametrize(
        ("name", "cell", "kind"),
        [
            ("customer_phone", "201234{n:04d}", "phone"),
            ("phone_home", "201234{n:04d}.0", "phone"),
            ("mobile", "0176123{n:04d}", "phone"),
            ("ssn", "12345{n:04d}", "national_id"),
            ("passport_no", "C8529{n:04d}", "national_id"),
            ("taxId", "63 678 35{n:04d}", "national_id"),
            ("iban", "unreadable 4711 {n}", "national_id"),
            ("email", "9f86d081{n:04d}", "email"),
        ],
    )
    def test_is_enough_where_the_values_may_be_it(
        self, column: Column, name: str, cell: str, kind: str
    ) -> None:
        found = column(*(cell.format(n=n) for n in range(1, 31)), name=name)
        assert found.personal is not None
        assert (found.personal.kind, found.personal.direct) == (kind, True)
        assert (found.top_values, found.minimum) == ((), None)

    @pytest.mark.parametrize(
        ("name", "cell"),
        [
            ("cell_count", "{n}0"),
            ("phone_service", "{n}"),
            ("phone_model", "Galaxy {n} of them"),
            ("email_opens", "{n}"),
            ("emailId", "{n}"),
            ("mobile_data_mb", "{n}12345678"),
            ("home_team", "Team {n}"),
        ],
    )
    def test_is_not_where_it_tells_of_something_else(self, column: Column, name: str, cell: str) -> None:
        found = column(*(cell.format(n=n) for n in range(1, 31)), name=name).personal
        assert found is not None
        assert not found.direct

    def test_name_alone_is_that_of_persons(self, column: Column) -> None:
        listed = [f"{last}, Mr. {first} Owen" for first in FIRST for last in LAST]
        plain = [f"{first} {last}" for first in FIRST for last in LAST]
        for cells in (listed, plain, FIRST):
            found = column(*cells, name="Name").personal
            assert found is not None
            assert (found.kind, found.direct) == ("name", True)

    def test_or_that_of_things(self, column: Column) -> None:
        models = [f"ford torino {n}" for n in range(100, 140)]
        few = ["red car", "blue car"] * 20
        for cells in (models, few):
            found = column(*cells, name="name").personal
            assert found is not None
            assert not found.direct
        assert column(*models, name="product_name").personal is None

    def test_a_list_of_passengers_is_told_without_it(self, column: Column) -> None:
        found = column(*(f"{last}, Mrs. {first}" for first in FIRST for last in LAST), name="x").personal
        assert found is not None
        assert found.direct


class TestMarks:
    """One e-mail address among other words would be written down like them."""

    def test_in_categories_are_never_shown(self, column: Column) -> None:
        found = column(*["jim", "bob"] * 40, "anna.k@example.org", name="handle")
        assert found.personal is not None
        assert (found.personal.kind, found.personal.direct, found.top_values) == ("email", True, ())

    def test_in_identifiers_are_found_in_the_last_row_too(self, profile: Profile) -> None:
        rows = [f"anna{n},{n % 2}" for n in range(21_000)]
        login = profile(csv_of("login,y", *rows, "anna@example.org,1")).columns[0]
        assert login.kind == "id"
        assert login.is_personal

    @pytest.mark.parametrize("cell", ["item{n}", "item {n} is fine as it is"])
    def test_are_in_no_row_that_is_drawn(self, profiler: RunningProfiler, write: Write, cell: str) -> None:
        rows = [f"{cell.format(n=n)},{n % 2}" for n in range(100)]
        file = write(csv_of("code,y", *rows, "z@example.com,1"))
        answer = profiler.answer(file, target="y", task="classification", real_sample=True)
        assert len(answer["target"]["sample"]) == 100
        assert [row for row in answer["target"]["sample"] if "@" in row[0]] == []


class TestTogether:
    def test_birth_date_postcode_and_gender_tell_persons_apart(
        self, profiler: RunningProfiler, write: Write
    ) -> None:
        rows = [f"19{n % 60 + 40}-01-0{n % 9 + 1},{n + 10115},{'FM'[n % 2]},{n % 3}" for n in range(90)]
        view = profiler.view(write(csv_of("birth_date,postal_code,gender,y", *rows)), "y")
        assert view.profile.personal == ()
        assert [column.name for column in view.profile.telling] == ["birth_date", "postal_code", "gender"]
        assert view.sample == ()

    def test_one_of_them_does_not(self, profiler: RunningProfiler, write: Write) -> None:
        rows = [f"{n % 50}.25,{n % 40}.5,{n % 90},{n % 3}" for n in range(90)]
        view = profiler.view(write(csv_of("latitude,longitude,house_age,y", *rows)), "y")
        assert view.profile.telling == ()
        assert len(view.sample) == 90
