"""What stands in the same clause."""

from libs.intake import clauses


class TestAround:
    def test_ends_where_the_clause_ends(self) -> None:
        text = "budget 800, scored every night, in frankfurt"
        at = text.index("every night")
        assert clauses.around(text, (at, at + len("every night")), 30).strip() == "scored every night"

    def test_reaches_no_further_than_asked(self) -> None:
        assert clauses.around("aaaa bbbb cccc", (5, 9), 2) == "a bbbb c"

    def test_a_comma_inside_a_number_is_no_boundary(self) -> None:
        text = "200,000 rows every night"
        assert clauses.around(text, (13, 24), 30) == text
