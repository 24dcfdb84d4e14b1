"""The promised false-alarm rate of the drift and quality checks, measured by simulation."""

import json
import math
import subprocess
from pathlib import Path

import pytest

from tests.templates.ml_repo.repository import RUNTIME, environment, require_runtime

_SIMULATION = Path(__file__).with_name("simulate_false_alarms.py")
_CHECKS = 200


def most(checks: int, rate: float) -> int:
    """More alarms than this have a chance below one in a thousand at the rate."""
    shares = [math.comb(checks, n) * rate**n * (1 - rate) ** (checks - n) for n in range(checks + 1)]
    return next(n for n in range(checks + 1) if sum(shares[: n + 1]) >= 0.999)


# Alarms of drift and quality when this was written, as shares of 200 to 600 checks, are beside each case.
@pytest.mark.long
@pytest.mark.parametrize(
    ("trained", "new", "columns", "correlation", "zeros", "rate"),
    [
        pytest.param(144, 60, 3, 0.0, 0.0, 0.05, id="few new rows"),  # 3.3 %, 0.3 %
        pytest.param(144, 2000, 3, 0.0, 0.0, 0.05, id="many new rows"),  # 5.8 %, 2.0 %
        pytest.param(1000, 300, 20, 0.0, 0.0, 0.05, id="many columns"),  # 5.0 %, 2.5 %
        pytest.param(1000, 300, 20, 0.95, 0.0, 0.05, id="columns that move together"),  # 6.0 %, 2.5 %
        pytest.param(400, 300, 6, 0.0, 0.9, 0.05, id="numbers that are mostly zero"),  # 4.2 %, 1.7 %
        pytest.param(144, 180, 20, 0.0, 0.0, 0.01, id="the rate of the plan"),  # 1.0 %, 0.0 %
    ],
)
def test_unchanged_rows_raise_alarms_at_the_promised_rate(
    trained: int, new: int, columns: int, correlation: float, zeros: float, rate: float, repository: Path
) -> None:
    require_runtime()
    package = next((repository / "src").iterdir()).name
    words = (package, trained, new, columns, correlation, zeros, rate, _CHECKS)
    done = subprocess.run(
        [str(RUNTIME), str(_SIMULATION), *map(str, words)],
        env=environment(repository),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["drift"] <= most(_CHECKS, rate)
    assert found["quality"] <= most(_CHECKS, rate)
    if rate * _CHECKS >= 10:
        assert found["drift"] >= 1, "a check that never rings is not calibrated either"
