"""Recorded answers come back from a repository that anybody may have edited."""

import pytest

from libs.codegen.answers import LONGEST, read_answers, write_answers
from libs.codegen.errors import AnswersUnreadable, UnsafeName
from libs.codegen.renderer import render
from tests.support.blueprints import fraud_blueprint

GOOD = write_answers(fraud_blueprint())
BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


class TestReadAnswers:
    def test_what_was_written_is_read(self) -> None:
        assert read_answers(GOOD) == fraud_blueprint()

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(BOMB, id="aliases without end"),
            pytest.param("a: &a [*a]", id="an alias of itself"),
            pytest.param("[" * 3000, id="nesting"),
            pytest.param("{a: " * 3000, id="nested mappings"),
            pytest.param("x: 2024-13-45", id="a date that does not exist"),
            pytest.param(f"x: {'9' * 6000}", id="a number too long to be read"),
            pytest.param("!!python/object/apply:os.system ['true']", id="an object"),
            pytest.param("\x00", id="a control character"),
            pytest.param("", id="nothing"),
            pytest.param(GOOD.replace("seed: 7", "seed: x"), id="another type"),
            pytest.param("#" * (LONGEST + 1), id="too long"),
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(AnswersUnreadable):
            read_answers(text)


class TestRender:
    @pytest.mark.parametrize("field", ["title", "summary", "training_schedule", "sample"])
    def test_ten_megabytes_are_refused_before_anything_is_rendered(self, field: str) -> None:
        with pytest.raises(UnsafeName, match=field):
            render(fraud_blueprint(**{field: "x" * 10_000_000}))

    @pytest.mark.parametrize("number", [float("nan"), float("inf")])
    def test_no_number_is_refused(self, number: float) -> None:
        with pytest.raises(UnsafeName, match="throughput_rps is no finite number"):
            render(fraud_blueprint(throughput_rps=number))
