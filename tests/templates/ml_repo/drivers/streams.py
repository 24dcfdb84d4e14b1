"""Readers of a Kinesis stream: two that share it, and the function that Lambda calls."""

from __future__ import annotations

import base64
import json
import sys
import threading
import time
from pathlib import Path

from fraud_api.aws.clients import client
from fraud_api.model.predictor import Predictor
from fraud_api.stream.consumer import StreamConsumer
from fraud_api.stream.lag import LagMetric
from fraud_api.stream.leases import Leases
from fraud_api.stream.outputs import DeadLetters, ResultStream
from fraud_api.stream.scoring import StreamScorer

MODEL, WORK = Path(sys.argv[1]), Path(sys.argv[2])
ROW = {"event_time": "2026-01-01T00:00:00Z", "amount": 5, "channel": "web", "age_days": 3}
kinesis, dynamodb = client("kinesis"), client("dynamodb")
for name in ("events", "results"):
    kinesis.create_stream(StreamName=name, ShardCount=4)
dynamodb.create_table(
    TableName="checkpoints",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "shard_id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "shard_id", "KeyType": "HASH"}],
)
scorer = StreamScorer(Predictor(MODEL))


def send(first: int, count: int) -> None:
    records = [
        {"Data": json.dumps({**ROW, "transaction_id": str(n)}).encode(), "PartitionKey": str(n)}
        for n in range(first, first + count)
    ]
    kinesis.put_records(StreamName="events", Records=records)


def results() -> list[str]:
    found = []
    for shard in kinesis.list_shards(StreamName="results")["Shards"]:
        place = kinesis.get_shard_iterator(
            StreamName="results", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )
        records = kinesis.get_records(ShardIterator=place["ShardIterator"])["Records"]
        found += [json.loads(record["Data"])["transaction_id"] for record in records]
    return sorted(found, key=int)


def reader(name: str, lines: list[str]) -> StreamConsumer:
    lag = LagMetric("fraud-api", "events", every_s=0, write=lines.append)
    leases = Leases(dynamodb, "checkpoints", name)
    letters = DeadLetters(str(WORK / "dead"))
    return StreamConsumer(kinesis, "events", leases, scorer, ResultStream(kinesis, "results"), letters, lag)


lines: list[str] = []
one, two = reader("one", lines), reader("two", lines)
one.balance()
assert len(one._checkpoints) == 4, "alone, a reader reads everything"
two.balance()
one.balance()
two.balance()
one.balance()
assert (len(one._checkpoints), len(two._checkpoints)) == (2, 2), "two readers share"

send(0, 40)
kinesis.put_record(StreamName="events", Data=b"not json", PartitionKey="0")
stop = threading.Event()
threads = [threading.Thread(target=each.run, args=(stop,)) for each in (one, two)]
for thread in threads:
    thread.start()
deadline = time.monotonic() + 20
while len(set(results())) < 40 and time.monotonic() < deadline:
    time.sleep(0.2)
stop.set()
for thread in threads:
    thread.join(10)
assert results() == [str(n) for n in range(40)], results()
letters = [json.loads(path.read_text()) for path in (WORK / "dead").rglob("*.json")]
assert [base64.b64decode(letter["data_base64"]) for letter in letters] == [b"not json"]
assert '"MillisBehindLatest"' in lines[0]

send(40, 10)
late = reader("three", lines)
late.balance()
assert len(late._checkpoints) == 4, "shards that were let go are free at once"
for shard in list(late._checkpoints):
    late.poll(shard)
assert results() == [str(n) for n in range(50)], "a checkpoint was lost"
late.balance()
stale = reader("four", lines)
stale._checkpoints = dict.fromkeys(late._checkpoints, "")
shard = next(iter(stale._checkpoints))
stale.poll(shard)
assert shard not in stale._checkpoints, "who lost a lease may not move its checkpoint"
