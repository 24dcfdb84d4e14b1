"""Runs inside the sandbox: parses every file named on stdin with python-hcl2 and prints what does not parse.

It is sent to the interpreter as text, so it uses python-hcl2 and the standard library alone.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import hcl2
from lark.exceptions import LarkError


def main() -> None:
    """Reads the root from the first argument and the relative paths from the others."""
    root, *paths = sys.argv[1:]
    problems = []
    for path in paths:
        try:
            hcl2.loads(Path(root, path).read_text(encoding="utf-8"))
        except (LarkError, UnicodeDecodeError, ValueError, RecursionError) as error:
            message = str(error).splitlines()[0] if str(error) else type(error).__name__
            problems.append({"path": path, "line": getattr(error, "line", None), "message": message})
    print(json.dumps({"version": version("python-hcl2"), "problems": problems}))


main()
