"""The command line: `python -m PACKAGE STAGE --data PATH --work DIR`, and the doors to a release.

Exit codes: 0 done, 2 wrong usage, 3 stopped with a partial result, 4 data or quality refused.
"""

from __future__ import annotations

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
