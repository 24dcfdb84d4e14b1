"""Runs inside the sandbox: validates the CycloneDX document on stdin and prints what its schema refuses.

It is sent to the interpreter as text, so it uses cyclonedx-python-lib and the standard library alone.
"""

import json
import sys
from importlib.metadata import version

from cyclonedx.schema import SchemaVersion  # type: ignore[import-not-found]
from cyclonedx.validation.json import JsonStrictValidator  # type: ignore[import-not-found]


def main() -> None:
    """Reads the whole document, so that a version that is not known is a fault of it."""
    text = sys.stdin.read()
    wanted = str(json.loads(text).get("specVersion", ""))
    known = {schema.to_version(): schema for schema in SchemaVersion}
    if wanted not in known:
        problems = [f"specVersion {wanted!r} is not known."]
    else:
        fault = JsonStrictValidator(known[wanted]).validate_str(text)
        problems = [] if fault is None else [str(fault).splitlines()[0]]
    print(json.dumps({"version": version("cyclonedx-python-lib"), "problems": problems}))


main()
