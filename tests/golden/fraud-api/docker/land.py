"""Makes the buckets of the mock of AWS and lands the sample in them, as a source system would."""

from __future__ import annotations

import os
import sys
import urllib.request
from pathlib import Path

from fraud_api.jobs import storage

BUCKETS = ("twin-landing", "twin-artifacts")


def main(landings: list[str]) -> None:
    """Makes the buckets first: the mock forgets everything when it stops.

    Args:
        landings: `SOURCE=PREFIX`, a file or a folder of files and where it lands.
    """
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    for bucket in BUCKETS:
        request = urllib.request.Request(f"{endpoint}/{bucket}", method="PUT")
        urllib.request.urlopen(request, timeout=10).close()
    for landing in landings:
        source, _, prefix = landing.partition("=")
        place = Path(source)
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            storage.write_bytes(f"s3://twin-landing/{prefix}/{file.name}", file.read_bytes())


if __name__ == "__main__":
    main(sys.argv[1:])
