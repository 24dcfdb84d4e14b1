"""Training, batch, stdio and HTTP give the same predictions for the same rows."""

import io
import json
import re

import pandas as pd
import pytest

from fraud_api.data.tables import read_table
from fraud_api.learning.trials import read_scores
from fraud_api.model.predictor import Predictor
from fraud_api.model.store import evaluated
from fraud_api.predict_batch import predict_batch
from fraud_api.running.errors import DataRefused
from fraud_api.serve_stdio import serve_stdio


def ask(model, *requests) -> list[dict]:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in requests]
    sink = io.StringIO()
    serve_stdio(model, io.StringIO("\n".join(lines) + "\n"), sink)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


class TestTrainServeParity:
    def test_the_stored_model_predicts_what_was_evaluated(self, trained):
        test = read_table(trained.work / "split" / "test.parquet")
        scores = read_scores(trained.work / "evaluate" / "scores.parquet")
        judged = Predictor(evaluated(trained.model))
        assert judged.scores(test) == pytest.approx(scores, rel=1e-9, abs=1e-12)

    def test_a_batch_file_and_stdio_agree(self, trained, sample, rows, write_csv, tmp_path):
        output = tmp_path / "predictions.parquet"
        predict_batch(trained.model, write_csv(sample.head(len(rows))), output)
        batch = pd.read_parquet(output)
        answer = ask(trained.model, {"id": 1, "rows": rows})[0]
        assert batch["prediction"].tolist() == answer["predictions"]
        assert batch["error"].isna().all()
        if answer["probabilities"] is not None:
            for label in answer["probabilities"][0]:
                expected = [p[label] for p in answer["probabilities"]]
                assert batch[f"probability_{label}"].tolist() == pytest.approx(expected)


class TestServeStdio:
    def test_answers_bear_the_id_of_the_request(self, trained, rows):
        answers = ask(trained.model, {"id": "a", "rows": rows[:1]}, {"id": "b", "rows": rows[:2]})
        assert [(a["id"], len(a["predictions"])) for a in answers] == [("a", 1), ("b", 2)]

    def test_a_bad_row_is_explained_and_the_others_are_predicted(self, trained, rows, required):
        name = required
        bad = {**rows[1], name: None}
        strange = {"no such column": 1}
        answer = ask(trained.model, {"id": 1, "rows": [rows[0], bad, strange, 5]})[0]
        assert [value is None for value in answer["predictions"]] == [False, True, True, True]
        message = "is missing and must not be"
        assert {"row": 1, "column": name, "message": message} in answer["errors"]
        assert {error["row"] for error in answer["errors"]} == {1, 2, 3}

    @pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "rows": 3}'])
    def test_a_broken_line_does_not_end_the_service(self, trained, rows, line):
        answers = ask(trained.model, line, {"id": 2, "rows": rows[:1]})
        assert answers[0]["errors"][0]["row"] is None
        assert len(answers[1]["predictions"]) == 1

    def test_explanations_name_every_column(self, trained, rows, contract):
        answer = ask(trained.model, {"id": 1, "rows": rows, "explain": True})[0]
        names = {column.name for column in contract.features}
        assert all(set(row) == names for row in answer["explanations"])
        scores = answer["probabilities"] or answer["predictions"]
        moved = any(value for row in answer["explanations"] for value in row.values())
        assert moved or all(score == scores[0] for score in scores)


class TestPredictBatch:
    def test_rows_that_break_the_contract_keep_their_place(
        self, trained, sample, required, write_csv, tmp_path
    ):
        name = required
        broken = sample.head(5).copy()
        broken.loc[2, name] = ""
        output = tmp_path / "predictions.csv"
        message = predict_batch(trained.model, write_csv(broken), output)
        assert message == "4 rows predicted, 1 refused."
        table = pd.read_csv(output, dtype=str, keep_default_na=False)
        assert table["prediction"].eq("").tolist() == [False, False, True, False, False]
        assert name in table["error"][2]

    def test_explanations_are_those_of_the_service(
        self, trained, predictor, sample, rows, write_csv, tmp_path
    ):
        output = tmp_path / "predictions.parquet"
        predict_batch(trained.model, write_csv(sample.head(len(rows))), output, explain=True)
        explained = [json.loads(text) for text in pd.read_parquet(output)["explanation"]]
        for batch, service in zip(explained, predictor.contributions(rows), strict=True):
            assert batch == pytest.approx(service)

    def test_a_missing_column_is_refused(self, trained, sample, required, write_csv, tmp_path):
        table = write_csv(sample.drop(columns=required))
        with pytest.raises(DataRefused, match=re.escape(required)):
            predict_batch(trained.model, table, tmp_path / "output.csv")
