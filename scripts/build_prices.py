"""Builds the price snapshot shipped with the product from an assembled AWS price file.

python scripts/build_prices.py PRICE_FILE.json.gz [--out libs/planning/prices/snapshot.json]
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from libs.planning.prices.assembling import assemble  # noqa: E402
from libs.planning.prices.keys_files import load_keys, parse_quotes  # noqa: E402
from libs.planning.prices.snapshot import write_snapshot  # noqa: E402

PRICES_DIR = ROOT / "libs" / "planning" / "prices"


def main() -> None:
    """Reads the assembled file and writes the snapshot."""
    parser = argparse.ArgumentParser(description="Build the price snapshot of the product.")
    parser.add_argument("prices", type=Path, help="assembled price file (json.gz)")
    parser.add_argument("--out", type=Path, default=PRICES_DIR / "snapshot.json")
    arguments = parser.parse_args()
    with gzip.open(arguments.prices, "rt", encoding="utf-8") as stream:
        assembled = json.load(stream)
    keys = load_keys()
    quotes = parse_quotes((PRICES_DIR / "quoted.yaml").read_text(encoding="utf-8"), keys)
    snapshot = assemble(assembled, keys, quotes)
    arguments.out.write_text(write_snapshot(snapshot), encoding="utf-8")
    missing = sorted(set(keys) - {price.key for price in snapshot.prices})
    print(f"{len(snapshot.prices)} prices of {len(keys)} keys written to {arguments.out}")
    print(f"without a figure: {', '.join(missing) or 'none'}")


if __name__ == "__main__":
    main()
