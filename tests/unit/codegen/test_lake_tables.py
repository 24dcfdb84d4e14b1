"""The tables of the data catalog: one for each kind of batch, with the columns that its programs write."""

import pytest

from libs.codegen.lake_tables import lake_tables
from libs.codegen.models import Blueprint, ColumnAnswer, StatedAnswer
from libs.codegen.renderer import render
from tests.support.blueprints import choosing, churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint

BATCH = {"archetype": "batch_scoring"}


def _churn(target: ColumnAnswer | None = None, serve: str = "", **changes: object) -> Blueprint:
    bp = choosing(churn_blueprint(), store="s3_lake", **({"serve": serve} if serve else {}))
    if target is not None:
        changes["columns"] = tuple(target if c.role == "target" else c for c in bp.columns)
    return bp.model_copy(update=changes)


def _column(kind: str, *categories: str) -> ColumnAnswer:
    return ColumnAnswer.model_validate(
        {"name": "y", "kind": kind, "role": "target", "categories": categories, "description": ""}
    )


def _columns(bp: Blueprint) -> dict[str, str]:
    (table,) = lake_tables(bp)
    return table.columns


class TestPredictions:
    @pytest.mark.parametrize(
        ("target", "kind"),
        [
            (_column("boolean"), "boolean"),
            (_column("category", "no", "yes"), "string"),
            (_column("integer", "0", "1"), "bigint"),
            (_column("number", "0", "1"), "bigint"),
            (_column("number", "0", "1.5"), "double"),
        ],
    )
    def test_have_the_type_of_their_labels(self, target: ColumnAnswer, kind: str) -> None:
        assert _columns(_churn(target, task="classification"))["prediction"] == kind
        assert _columns(_churn(target, task="classification", serve="glue_scoring"))["prediction"] == "string"

    def test_of_numbers_have_no_probabilities(self) -> None:
        columns = _columns(_churn(_column("number"), task="regression"))
        assert columns["prediction"] == "double"
        assert not [name for name in columns if name.startswith("probability")]

    def test_leave_out_what_is_no_plain_word(self) -> None:
        target = _column("category", "New York", "Yes", "yes", "x" * 260)
        columns = _columns(_churn(target, task="classification"))
        assert [name for name in columns if name.startswith("probability")] == ["probability_yes"]

    def test_are_explained_where_that_was_asked_for(self) -> None:
        stated = StatedAnswer(explainability="per_prediction")
        assert _columns(_churn(stated=stated))["explanation"] == "string"
        assert "explanation" not in _columns(_churn())
        assert "explanation" not in _columns(_churn(stated=stated, serve="glue_scoring"))


class TestPlans:
    def test_of_requests_have_none(self) -> None:
        for bp in (fraud_blueprint(), support_blueprint()):
            assert lake_tables(bp) == ()
            (data,) = (
                f for f in render(choosing(bp, store="s3_lake")) if f.path == "infra/envs/prod/data.tf"
            )
            assert b"tables" not in data.content

    def test_that_answer_in_batches_have_their_answers(self) -> None:
        batch = choosing(support_blueprint().model_copy(update=BATCH), store="s3_lake")
        (table,) = lake_tables(batch)
        assert (table.name, table.format) == ("answers", "json")
        assert table.columns["citations"].startswith("array<struct<number:bigint,")

    def test_keep_them_in_the_lake_alone(self) -> None:
        for store, kept in (("s3_lake", True), ("redshift_serverless", False)):
            bp = choosing(churn_blueprint(), store=store)
            assert bool(lake_tables(bp)) is kept
            paths = {file.path for file in render(bp)}
            assert ("tests/integration/test_lake_tables.py" in paths) is kept
