"""Two generated repositories, run as their owner would: tests, training, serving, load, drill, evidence."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from libs.codegen.evidence import read_evidence, require_same
from libs.codegen.models import Blueprint, ColumnAnswer, RenderedFile
from libs.codegen.renderer import render
from libs.codegen.reports import manifest_text
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.ml_repo.repository import RUFF, RUNTIME, environment, require_runtime

pytestmark = pytest.mark.long

_BUSY_RPS = 500
"""An idle machine of two CPUs sends 3,000 requests a second to the stub."""


def make(folder: Path, *words: str, timeout: float = 900) -> subprocess.CompletedProcess[str]:
    """`make …` with the installed runtime; no terraform on PATH, so that nothing is downloaded."""
    require_runtime()
    return subprocess.run(
        ["make", *words, f"PYTHON={RUNTIME}", f"RUFF={RUFF}"],
        cwd=folder,
        env={**environment(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def made(folder: Path, *words: str) -> str:
    done = make(folder, *words)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def delivered(blueprint: Blueprint, folder: Path) -> Path:
    """The whole repository with its manifest."""
    files = render(blueprint)
    for file in files:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.content)
    (folder / "reports").mkdir()
    (folder / "reports" / "MANIFEST.sha256").write_text(manifest_text(files))
    return folder


def evidence(folder: Path) -> dict[str, Any]:
    """The record, which the platform would keep beside this version."""
    data = (folder / "reports" / "run_evidence.json").read_bytes()
    handed_over = [
        RenderedFile(path=path.relative_to(folder).as_posix(), content=path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and "work" not in path.relative_to(folder).parts
    ]
    require_same(read_evidence(data), handed_over)
    loaded: dict[str, Any] = json.loads(data)
    return loaded


def churn_of(table: pd.DataFrame) -> Blueprint:
    """The nightly scoring with the columns of a real table."""
    columns: list[ColumnAnswer] = []
    for name in table.columns:
        cells = table[name].dropna()
        role = "target" if name == "churn" else "feature"
        nullable = bool(table[name].isna().any())
        if cells.dtype.kind not in "iuf":
            categories = tuple(sorted(set(map(str, cells))))
            columns.append(
                ColumnAnswer(
                    name=name,
                    kind="category",
                    role=role,
                    nullable=nullable,
                    categories=categories,
                    description=name,
                )
            )
        else:
            kind = "integer" if cells.dtype.kind in "iu" else "number"
            columns.append(
                ColumnAnswer(
                    name=name,
                    kind=kind,
                    nullable=nullable,
                    minimum=float(cells.min()),
                    maximum=float(cells.max()),
                    description=name,
                )
            )
    return churn_blueprint(target="churn", columns=tuple(columns))


class TestFraudApi:
    def test_runs_in_full(self, tmp_path: Path) -> None:
        folder = delivered(fraud_blueprint(), tmp_path / "repository")
        made(folder, "train")
        made(folder, "drill")
        measured = make(folder, "load", "SECONDS=30")
        made(folder, "evidence")
        found = evidence(folder)
        assert found["model"]["quality_gate"] == "passed"
        assert found["drill"]["passed"]
        assert {s["scenario"] for s in found["drill"]["scenarios"]} == {
            "shift",
            "new category",
            "missing burst",
            "score shift",
        }
        load = found["load"]
        if load["generator"]["rps"] < _BUSY_RPS:
            pytest.skip("something else has this machine: not even a server that does nothing keeps up")
        assert measured.returncode == 0, measured.stdout
        assert load["result"]["seconds"] == 30
        assert load["result"]["p95"] <= load["promise"]["latency_ms_p95"] == 100
        assert load["result"]["error_share"] <= 0.001
        assert load["generator"]["rps"] > load["result"]["rate"]
        assert load["sizing"]["replicas"] >= 1
        assert load["not_proven"]
        assert load["model_sha256"] == found["model"]["files"]["model.json"]

    def test_verifies_itself(self, tmp_path: Path) -> None:
        """With its own tests; no terraform and no type checker are on PATH."""
        folder = delivered(fraud_blueprint(), tmp_path / "repository")
        said = made(folder, "verify")
        assert "fail" not in said
        table = {line[9:20].strip(): line.split()[0] for line in said.splitlines()[-9:]}
        assert {name for name, status in table.items() if status == "pass"} == {
            *("manifest", "data files", "links", "lint", "tests")
        }
        assert {name for name, status in table.items() if status == "skipped"} == {
            *("evidence", "types", "terraform", "policies")
        }

    def test_a_planted_defect_makes_verify_red(self, tmp_path: Path) -> None:
        folder = delivered(fraud_blueprint(), tmp_path / "repository")
        (folder / "config" / "base.yaml").write_text("a: [\n")
        (folder / "docs" / "cost.md").unlink()
        done = subprocess.run(
            [str(RUNTIME), "tools/verify.py", "--only", "manifest,data files,links"],
            cwd=folder,
            env=environment(folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert [line.split()[0] for line in done.stdout.splitlines()[-3:]] == ["fail"] * 3
        for words in ("changed: config/base.yaml", "missing: docs/cost.md", "README.md: docs/cost.md"):
            assert words in done.stdout


@pytest.mark.shared
class TestNightlyChurn:
    def test_runs_in_full_on_a_real_table(self, shared_file: Callable[[str], Path], tmp_path: Path) -> None:
        source = shared_file("data/dev/telco_churn.csv")
        folder = delivered(churn_of(pd.read_csv(source)), tmp_path / "repository")
        made(folder, "test")
        made(folder, "train", f"DATA={source}")
        made(folder, "drill", f"DATA={source}")
        made(folder, "predict", f"INPUT={source}", "OUTPUT=work/predictions.csv")
        made(folder, "evidence", f"DATA={source}")
        found = evidence(folder)
        assert found["inputs"]["data"]["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
        assert found["model"]["quality_gate"] == "passed"
        assert found["drill"]["passed"]
        assert found["drill"]["rows"] > 5000
        assert found["load"] is None
        predictions = pd.read_csv(folder / "work" / "predictions.csv")
        assert predictions["error"].isna().all()
