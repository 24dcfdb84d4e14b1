"""The steps that `pipelines/README.md` shows for a laptop, as they stand there, of small models."""

import os
import re
import shutil
import subprocess
import sys

from fraud_api.data.tables import read_raw
from fraud_api.running.errors import EXIT_OK, EXIT_REFUSED
from fraud_api.running.repository import ROOT

README = (ROOT / "pipelines" / "README.md").read_text(encoding="utf-8")


def test_the_steps_read_what_has_landed_and_leave_it_alone(tmp_path, quick_plan, contract, sample):
    for name in ("config", "data", "src"):
        left = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left)
    shutil.copyfile(quick_plan, tmp_path / "config" / "train.yaml")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (steps,) = re.findall(r"```sh\n(mkdir .*?)```", README, re.DOTALL)
    kept = ("PATH", "HOME", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
    variables = {name: os.environ[name] for name in kept if name in os.environ}
    ended = subprocess.run(
        ["sh", "-ec", steps], cwd=tmp_path, env=variables, capture_output=True, text=True
    )
    # A model of so few rows may be refused, which is an end as well.
    assert ended.returncode in (EXIT_OK, EXIT_REFUSED), ended.stderr
    assert (tmp_path / "work" / "job" / "register" / "model" / "model.json").is_file()
    landed = [path for path in (tmp_path / "work" / "landing").rglob("*") if path.is_file()]
    assert [path.name for path in landed] == ["sample.csv"]
    assert landed[0].read_bytes() == (ROOT / "data" / "sample.csv").read_bytes()
    (table,) = (tmp_path / "work" / "curated" / "training").glob("*.parquet")
    names = [column.name for column in contract.columns]
    cases = sample.drop_duplicates() if contract.identifiers else sample
    assert len(read_raw(table, names)[0]) == len(cases)
