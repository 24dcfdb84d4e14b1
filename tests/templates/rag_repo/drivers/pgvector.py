"""PostgreSQL with pgvector as store of passages."""

from __future__ import annotations

import os

import numpy as np
import psycopg
from help_desk.passages import Passage
from help_desk.stores.pgvector import PgvectorStore
from help_desk.stores.port import Hit, Scope

EVERYONE = Scope(("everyone",))
TEXTS = {
    "boil": "Water boils at 100 degrees.",
    "freeze": "Water freezes at 0 degrees.",
    "secret": "Steel boils at 2862 degrees.",
}


def connect() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def passage(name: str) -> Passage:
    groups = ("staff",) if name == "secret" else ("everyone", "staff")
    return Passage(
        name, f"document of {name}", 0, "Physics", "", TEXTS[name], "physics.md", "science", groups, 5
    )


def names(hits: list[Hit] | None) -> list[str]:
    assert hits is not None
    return [hit.passage.passage_id for hit in hits]


passages = [passage(name) for name in TEXTS]
store = PgvectorStore(connect, 3)
for _ in range(2):
    store.prepare()
    store.put(passages, np.eye(3, dtype=np.float32))

nearest = store.nearest(np.array([0.8, 0.6, 0.0]), 5, EVERYONE)
assert names(nearest) == ["boil", "freeze"]
assert [round(hit.score, 2) for hit in nearest] == [0.8, 0.6]
assert nearest[0].passage == passages[0]
assert names(store.nearest(np.array([0.0, 0.0, 1.0]), 1, Scope(("staff",)))) == ["secret"]

assert names(store.matching("When does water boils?", 5, EVERYONE)) == ["boil", "freeze"]
assert names(store.matching("boils at 2862", 1, Scope(("staff",)))) == ["secret"]
assert names(store.matching("boils", 5, Scope(("everyone",), {"category": "cooking"}))) == []
for nothing in ("", "?!", "'; DROP TABLE passages; --", "a & b | !c <-> 'd':*"):
    assert names(store.matching(nothing, 5, EVERYONE)) == []

store.delete(["boil", "not there"])
assert names(store.nearest(np.array([1.0, 0.0, 0.0]), 5, EVERYONE)) == ["freeze"]

longer = PgvectorStore(connect, 4)
longer.clear()
longer.clear()
longer.prepare()
longer.put(passages[:1], np.ones((1, 4), dtype=np.float32))
assert names(longer.nearest(np.ones(4), 5, EVERYONE)) == ["boil"]
