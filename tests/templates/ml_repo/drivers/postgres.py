"""PostgreSQL as record store and as feature store."""

from __future__ import annotations

import os

import psycopg
from fraud_api.online_features.postgres import PostgresFeatures
from fraud_api.stores.postgres import PostgresStore
from fraud_api.stores.records import Records, cells
from records import ROWS, predictions


def connect() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"])


def read(query: str) -> list[tuple]:
    with connect() as connection:
        return connection.execute(query).fetchall()


store = PostgresStore(connect)
for _ in range(2):
    store.write(Records("training_rows", ROWS, "unused", key="transaction_id"))
assert read("SELECT * FROM training_rows ORDER BY transaction_id") == cells(ROWS)
store.write(Records("training_rows", ROWS.head(1).assign(extra="new"), "unused"))
assert read("SELECT transaction_id, extra FROM training_rows") == [("a", "new")]
nothing = ROWS.assign(channel="zero\x00byte")
store.write(Records("training_rows", nothing, "unused"))
assert read("SELECT DISTINCT channel FROM training_rows") == [("zerobyte",)]

for run, values in (("one", [0.1, 0.2]), ("two", [0.3, 0.4]), ("one", [0.1, 0.2])):
    store.write(Records("predictions", predictions(run, values), "unused", run=run))
assert read("SELECT run_id, count(*) FROM predictions GROUP BY 1 ORDER BY 1") == [("one", 2), ("two", 2)]
try:
    store.write(Records("predictions", predictions("one", ["text", "more"]), "unused", run="one"))
except psycopg.errors.InvalidTextRepresentation:
    pass
else:
    raise AssertionError("text went into a column of numbers")
assert read("SELECT sum(prediction) FROM predictions WHERE run_id = 'one'")[0][0] > 0.29, (
    "half a write was kept"
)

kept = PostgresStore(connect, days=30)
with connect() as connection:
    connection.execute("UPDATE predictions SET written_at = now() - interval '31 days' WHERE run_id = 'one'")
    connection.execute("UPDATE predictions SET written_at = now() - interval '29 days' WHERE run_id = 'two'")
kept.write(Records("predictions", predictions("three", [0.5, 0.6]), "unused", run="three"))
assert read("SELECT DISTINCT run_id FROM predictions ORDER BY 1") == [("three",), ("two",)]

features = PostgresFeatures(connect)
rows = {"a": {"amount": 0.1, "channel": None}, "b": {"amount": 2.0, "channel": "None"}}
features.put(rows)
features.put({"a": {"amount": 0.3, "channel": "é"}})
assert features.get(["a", "b", "nobody"]) == {**rows, "a": {"amount": 0.3, "channel": "é"}}
with connect() as connection:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
assert set(features.get(["b"])) == {"b"}, "a closed connection was not opened anew"
with connect() as connection:
    connection.execute(
        "UPDATE online_features SET written_at = now() - interval '46 days' WHERE entity_id = 'b'"
    )
features.put({"c": {"amount": 1.0}})
assert set(features.get(["a", "b", "c"])) == {"a", "b", "c"}, "without a number of days a row is kept"
PostgresFeatures(connect, retention_days=45).put({"c": {"amount": 1.0}})
assert set(features.get(["a", "b", "c"])) == {"a", "c"}
