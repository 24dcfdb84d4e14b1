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
        landings: `SOURCE=PREFIX`, a file or a folder with everything below it, and where it lands.
    """
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    for bucket in BUCKETS:
        request = urllib.request.Request(f"{endpoint}/{bucket}", method="PUT")
        urllib.request.urlopen(request, timeout=10).close()
    for landing in landings:
        source, _, prefix = landing.partition("=")
        for name, file in landed(Path(source)):
            storage.write_bytes(f"s3://twin-landing/{prefix}/{name}", file.read_bytes())


def landed(source: Path) -> list[tuple[str, Path]]:
    """The file, or every file below the folder, by the path that it gets: rights follow from it."""
    if source.is_file():
        return [(source.name, source)]
    files = sorted(path for path in source.rglob("*") if path.is_file())
    return [(path.relative_to(source).as_posix(), path) for path in files]


if __name__ == "__main__":
    main(sys.argv[1:])
