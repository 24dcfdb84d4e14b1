"""Requests that name only an entity get the features that training saw, or are refused."""

import threading
import time

import pytest

from fraud_api.data.cells import typed
from fraud_api.online_features.filling import FeatureFiller
from fraud_api.online_features.materialise import materialise
from fraud_api.online_features.store import decoded, encoded, entity_column


class MemoryFeatures:
    """Keeps rows as text, as every store does."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, ids):
        return {name: decoded(self.texts[name]) for name in ids if name in self.texts}

    def put(self, rows):
        self.texts |= {name: encoded(row) for name, row in rows.items()}


class SlowFeatures(MemoryFeatures):
    """Does not answer before it is allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed = threading.Event()

    def get(self, ids):
        self.allowed.wait(5)
        return super().get(ids)


class GuardedFeatures(MemoryFeatures):
    """Has each thread sign in before its first look, which takes longer than a request waits."""

    def __init__(self) -> None:
        super().__init__()
        self.mine = threading.local()

    def get(self, ids):
        if not hasattr(self.mine, "known"):
            time.sleep(0.4)
            self.mine.known = True
        return super().get(ids)


@pytest.fixture
def entity(contract) -> str:
    column = entity_column(contract)
    if column is None:
        pytest.skip("the contract names no entity")
    return column.name


@pytest.fixture
def stored(sample, contract, entity):
    table, _ = typed(sample, contract.columns)
    store = MemoryFeatures()
    assert materialise(store, contract, [table]) == table[entity].nunique()
    return store


class TestKept:
    def test_the_newest_row_of_an_entity_is_found(self, stored, sample, contract, entity):
        table, _ = typed(sample, contract.columns)
        if contract.time is not None:
            table = table.sort_values(contract.time.name, kind="stable", na_position="first")
        last = table.drop_duplicates(entity, keep="last")
        features = [each for each in contract.features if each.role != "time"]
        numbers = [each for each in features if each.kind in ("integer", "number")]
        column = (numbers or features)[0].name
        newest = dict(zip(last[entity], last[column], strict=True))
        kept = stored.get([*newest, "nobody"])
        assert set(kept) == set(newest)
        found = {name: row[column] for name, row in kept.items() if row[column] is not None}
        assert found
        assert found == pytest.approx({name: newest[name] for name in found})


class TestParity:
    def test_an_entity_is_predicted_as_its_row_in_the_batch(
        self, stored, predictor, sample, contract, entity
    ):
        batch = predictor.predict_table(sample)
        latest = dict(zip(sample[entity], batch.predictions, strict=True))
        order = sample if contract.time is None else sample.sort_values(contract.time.name)
        last = order.drop_duplicates(entity, keep="last").head(30)
        newest, moments = last[entity], [c.name for c in contract.features if c.role == "time"]
        filler = FeatureFiller(stored, contract, timeout_s=5)
        filled = filler.fill(last[[entity, *moments]].to_dict("records"))
        answer = predictor.predict(filled.rows, filled.errors)
        assert answer.errors == []
        if sample[entity].is_unique:
            assert answer.predictions == pytest.approx([latest[name] for name in newest])
        names = [column.name for column in contract.features]
        assert filled.filled[0]["columns"] == [name for name in names if name not in moments]


class TestFilling:
    def test_what_was_sent_is_kept(self, stored, sample, contract, entity):
        name = next(column.name for column in contract.features if column.role != "time")
        row = {entity: sample[entity][0], name: None}
        filled = FeatureFiller(stored, contract, timeout_s=5).fill([row])
        assert filled.rows[0][name] is None
        assert all(name not in each["columns"] for each in filled.filled)
        assert row == {entity: sample[entity][0], name: None}

    def test_the_moment_of_an_older_row_is_not_that_of_the_request(
        self, stored, sample, contract, entity
    ):
        if contract.time is None:
            pytest.skip("no column tells the time")
        filled = FeatureFiller(stored, contract, timeout_s=5).fill([{entity: sample[entity][0]}])
        assert filled.outcomes == ["found"]
        assert contract.time.name not in filled.rows[0]

    def test_a_complete_row_is_not_looked_up(self, rows, contract, entity):
        slow = SlowFeatures()
        complete = [{**row, entity: "a"} for row in rows]
        assert FeatureFiller(slow, contract, timeout_s=0.01).fill(complete).rows == complete

    def test_the_first_request_finds_the_store_open(self, stored, sample, contract, entity):
        guarded = GuardedFeatures()
        guarded.texts = stored.texts
        filler = FeatureFiller(guarded, contract, timeout_s=0.2)
        filler.warm()
        assert filler.fill([{entity: sample[entity][0]}]).outcomes == ["found"]

    def test_a_store_that_is_away_does_not_keep_the_service_from_starting(self, contract, capsys):
        class Away(MemoryFeatures):
            def get(self, ids):
                raise ConnectionError

        FeatureFiller(Away(), contract, timeout_s=0.2).warm()
        assert "ConnectionError" in capsys.readouterr().err

    def test_an_unknown_entity_is_refused_by_the_contract(self, stored, predictor, entity):
        filled = FeatureFiller(stored, predictor.contract, timeout_s=5).fill([{entity: "nobody"}])
        answer = predictor.predict(filled.rows, filled.errors)
        assert filled.outcomes == ["unknown"]
        assert answer.predictions == [None]

    def test_a_store_that_is_late_refuses_the_row_and_no_other(self, rows, predictor, entity):
        slow = SlowFeatures()
        filler = FeatureFiller(slow, predictor.contract, timeout_s=0.05)
        filled = filler.fill([{entity: "a"}, {**rows[0], entity: "b"}])
        slow.allowed.set()
        answer = predictor.predict(filled.rows, filled.errors)
        assert [value is None for value in answer.predictions] == [True, False]
        assert [error.message for error in answer.errors] == [
            "has features that could not be read: the store did not answer within 50 ms"
        ]
