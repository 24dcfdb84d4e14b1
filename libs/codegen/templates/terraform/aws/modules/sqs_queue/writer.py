"""Receives events from a queue, writes them to a bucket as Parquet, deletes what it has written."""

import io
import json
import os
import signal
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq

TYPES = {"bigint": pa.int64(), "double": pa.float64(), "boolean": pa.bool_()}
"""Hive types of the data contract; everything else is text."""
FLUSH_SECONDS = 60
FLUSH_EVENTS = 50_000


def schema_of(columns: dict[str, str]) -> pa.Schema:
    """The columns of a file: those of the contract, and the id of the message."""
    fields = [pa.field(name, TYPES.get(kind, pa.string())) for name, kind in columns.items()]
    return pa.schema([*fields, pa.field("event_id", pa.string())])


def row_of(message: dict[str, Any], schema: pa.Schema) -> dict[str, Any] | None:
    """The event in a message; None when it does not fit: the dead-letter queue gets it in time."""
    try:
        event = json.loads(message["Body"])
        row = {name: event.get(name) for name in schema.names if name != "event_id"}
        row["event_id"] = message["MessageId"]
        pa.Table.from_pylist([row], schema=schema)
    except (ValueError, AttributeError, TypeError, pa.ArrowInvalid) as error:
        reason = type(error).__name__
        print(f"message {message['MessageId']} does not fit: {reason}", file=sys.stderr)
        return None
    return row


class Writer:
    """Collects events until a file is worth writing."""

    def __init__(self, sqs: Any, s3: Any, queue_url: str, bucket: str, schema: pa.Schema) -> None:
        self.sqs, self.s3 = sqs, s3
        self.queue_url, self.bucket, self.schema = queue_url, bucket, schema
        self.rows: list[dict[str, Any]] = []
        self.receipts: list[str] = []
        self.since = time.monotonic()

    def receive(self) -> None:
        """Takes up to ten messages; waits for the first."""
        answer = self.sqs.receive_message(
            QueueUrl=self.queue_url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=20,
        )
        for message in answer.get("Messages", []):
            row = row_of(message, self.schema)
            if row is not None:
                self.rows.append(row)
                self.receipts.append(message["ReceiptHandle"])

    def due(self) -> bool:
        """Whether the file is large or old enough."""
        return len(self.rows) >= FLUSH_EVENTS or time.monotonic() - self.since >= FLUSH_SECONDS

    def flush(self) -> None:
        """Writes the file first and deletes its messages then: nothing is lost in between."""
        if self.rows:
            buffer = io.BytesIO()
            pq.write_table(pa.Table.from_pylist(self.rows, schema=self.schema), buffer)
            key = f"events/dt={datetime.now(UTC):%Y-%m-%d}/{uuid.uuid4()}.parquet"
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=buffer.getvalue())
            self._delete()
            print(f"wrote {len(self.rows)} events to {key}")
        self.rows, self.receipts, self.since = [], [], time.monotonic()

    def _delete(self) -> None:
        for start in range(0, len(self.receipts), 10):
            batch = self.receipts[start : start + 10]
            answer = self.sqs.delete_message_batch(
                QueueUrl=self.queue_url,
                Entries=[{"Id": str(i), "ReceiptHandle": each} for i, each in enumerate(batch)],
            )
            for failure in answer.get("Failed", []):
                print(f"not deleted, will come twice: {failure['Message']}", file=sys.stderr)


def main() -> None:
    """Runs until it is told to stop, and writes what it holds before it goes."""
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
    writer = Writer(
        boto3.client("sqs"),
        boto3.client("s3"),
        os.environ["QUEUE_URL"],
        os.environ["BUCKET"],
        schema_of(json.loads(os.environ["COLUMNS"])),
    )
    while not stopping:
        writer.receive()
        if writer.due():
            writer.flush()
    writer.flush()


if __name__ == "__main__":
    main()
