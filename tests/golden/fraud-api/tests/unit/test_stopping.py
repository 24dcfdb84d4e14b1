"""A job that hangs ends by itself and says where it was."""

import os
import subprocess
import sys
from pathlib import Path

HANGING = """
import threading
from fraud_api.running.stopping import limit_time

def waits():
    threading.Event().wait(60)

limit_time({"JOB_TIMEOUT_SECONDS": "0.5"})
waits()
"""


def test_a_job_fails_after_its_time_limit():
    command = (sys.executable, "-c", HANGING)
    known = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(command, check=False, env=known, stderr=subprocess.PIPE, timeout=30)
    assert done.returncode == 1
    assert b"in waits" in done.stderr
