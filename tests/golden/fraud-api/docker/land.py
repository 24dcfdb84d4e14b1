"""Makes the buckets of the mock of AWS and lands the sample in them, as a source system would."""

from __future__ import annotations

import os
import sys
import urllib.request
from pathlib import Path

from fraud_api.jobs import storage

BUCKETS = ("twin-landing", "twin-artifacts")
PURPOSES = ("training",)


def main(sample: Path) -> None:
    """Makes the buckets first: the mock forgets everything when it stops."""
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    for bucket in BUCKETS:
        request = urllib.request.Request(f"{endpoint}/{bucket}", method="PUT")
        urllib.request.urlopen(request, timeout=10).close()
    for purpose in PURPOSES:
        storage.write_bytes(f"s3://twin-landing/{purpose}/sample.csv", sample.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
