"""Formulas are arithmetic and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.planning.catalogue.formulas import FormulaInvalid, formula, words


class TestFormula:
    def test_reads_names(self) -> None:
        tasks = formula("ceil(rps * cpu_ms / 1000 / utilisation)")
        assert tasks.names == {"rps", "cpu_ms", "utilisation"}
        assert tasks({"rps": 100, "cpu_ms": 5, "utilisation": 0.6}) == 1

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2", 2),
            ("'a' in ('a', 'b')", True),
            ("1 if 2 > 1 and not 0 else 3", 1),
            ("min(3, 2) // 2 + 7 % 4", 4),
        ],
    )
    def test_constants_and_conditions(self, text: str, value: object) -> None:
        assert formula(text)({}) == value

    @pytest.mark.parametrize(
        "text",
        [
            "__import__('os').system('true')", "().__class__", "a.b", "a[0]", "lambda: 1", "[x for x in y]", "f'{a}'",
            "9 ** 9", "open('x')", "min(a, key=b)", "a := 1", "import os", "", "1 +", "b'x'", "None", "{1: 2}",
            "x" * 500, "print", "1; 2", "...",
        ],
    )  # fmt: skip
    def test_everything_else_is_refused(self, text: str) -> None:
        try:
            made = formula(text)
        except FormulaInvalid:
            return
        with pytest.raises(NameError):
            made({})

    @given(st.text(max_size=60))
    def test_any_text_is_a_formula_or_refused(self, text: str) -> None:
        try:
            made = formula(text)
        except FormulaInvalid:
            return
        assert made.text == text


class TestWords:
    def test_fill_places(self) -> None:
        text = words("{tasks:g} tasks of {rps:,.0f}")
        assert text.names == {"tasks", "rps"}
        assert text({"tasks": 3.0, "rps": 10_000}) == "3 tasks of 10,000"

    @pytest.mark.parametrize(
        ("template", "said"),
        [
            ("{n:g} gateways x 730 h", "1 gateway x 730 h"),
            ("{n:g} public addresses x 730 h", "1 public address x 730 h"),
            ("{n:g} GB of data and {n:g} copies of the tables", "1 GB of data and 1 copy of the tables"),
            ("for up to {n:g} people", "for up to 1 person"),
            ("{n:g} runs x {n:g} vCPU hours", "1 run x 1 vCPU hour"),
            ("{n:g} training + {n:g} scoring runs", "1 training + 1 scoring run"),
            ("{n:.2f} capacity units", "1.00 capacity units"),
            (
                "somebody who waits {n:g} ms has class {n:g}, which is less",
                "somebody who waits 1 ms has class 1, which is less",
            ),
            ("{n:g} series and {n:g} M records", "1 series and 1 M records"),
        ],
    )
    def test_agree_with_a_one(self, template: str, said: str) -> None:
        assert words(template)({"n": 1.0}) == said

    @pytest.mark.parametrize("number", [0, 0.5, 2, 11, 21])
    def test_stay_as_they_are_after_other_numbers(self, number: float) -> None:
        assert words("{n:g} gateways x 730 h")({"n": number}) == f"{number:g} gateways x 730 h"

    @pytest.mark.parametrize("text", ["{a.b}", "{a[0]}", "{a!r}", "{", "{0}", "{}", "{a:{b}}"])
    def test_only_plain_names_are_places(self, text: str) -> None:
        with pytest.raises(FormulaInvalid):
            words(text)

    def test_braces_may_be_said(self) -> None:
        assert words("a {{b}}")({}) == "a {b}"
