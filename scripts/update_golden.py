"""Renders the repositories kept under tests/golden again, so that a template change shows as a diff.

python scripts/update_golden.py
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from libs.codegen.renderer import render  # noqa: E402
from tests.support.golden import GOLDEN  # noqa: E402

OUT = ROOT / "tests" / "golden"


def main() -> None:
    """Replaces each tree."""
    for name in sorted(GOLDEN):
        files = render(GOLDEN[name]())
        shutil.rmtree(OUT / name, ignore_errors=True)
        for file in files:
            path = OUT / name / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
            path.chmod(0o755 if file.executable else 0o644)
        print(f"{name}: {len(files)} files")


if __name__ == "__main__":
    main()
