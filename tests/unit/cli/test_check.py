"""`check`: a table for people, one JSON object for programs, and exit code 5 when a check is red."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from libs import bootstrap
from libs.cli.main import app
from libs.codegen.models import CheckFinding, CheckResult, CheckStatus
from libs.codegen.payload import payload_sha256


class Scripted:
    """Checks that say what they are told, about whatever they are given."""

    names = ("lint", "scan")

    def __init__(self, statuses: Sequence[CheckStatus], *, cached: bool = False) -> None:
        self._statuses = statuses
        self._cached = cached

    async def run(self, payload_zip: bytes, on_result: Any) -> tuple[CheckResult, ...]:
        finding = CheckFinding(
            check_id="X1", severity="high", path="src/app.py", line=7, message="It is broken [really]."
        )
        accepted = finding.model_copy(update={"check_id": "X2", "suppressed": True, "reason": "Meant so."})
        return tuple(
            CheckResult(
                check=name,
                status=status,
                reason=f"{name} has spoken.",
                payload_sha256=payload_sha256(payload_zip),
                tool_version="9.9",
                findings=(finding, accepted) if status == "fail" else (),
                seconds=1.25,
                cached=self._cached,
            )
            for name, status in zip(self.names, self._statuses, strict=True)
        )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "README.md").write_text("# Example\n")
    asked: dict[str, Any] = {}

    def run(statuses: Sequence[CheckStatus], *options: str, cached: bool = False) -> Any:
        def checks_of(*_: object, cache: object = None) -> Scripted:
            asked["cache"] = cache
            return Scripted(statuses, cached=cached)

        monkeypatch.setattr(bootstrap, "checks_of", checks_of)
        environment = {"AGENTIC_MLOPS_HOME": str(tmp_path / "home"), "AGENTIC_MLOPS_SANDBOX": "recorded"}
        result = CliRunner().invoke(app, ["check", str(tmp_path / "repo"), *options], env=environment)
        result.asked = asked  # type: ignore[attr-defined]
        return result

    return run


class TestCheck:
    def test_green_is_done(self, run: Any) -> None:
        result = run(("pass", "skipped"))

        assert result.exit_code == 0
        assert "lint has spoken." in result.stderr
        assert "9.9" in result.stderr

    def test_red_is_exit_code_5_with_every_open_finding(self, run: Any) -> None:
        result = run(("pass", "fail"))

        assert result.exit_code == 5
        assert "src/app.py:7  X1  It is broken [really]." in result.stderr
        assert "X2" not in result.stderr

    def test_json_ends_with_one_object(self, run: Any) -> None:
        result = run(("fail", "pass"), "--json")

        printed = json.loads(result.stdout.splitlines()[-1])
        assert (result.exit_code, printed["status"]) == (5, "blocked")
        assert printed["problem"]["message"] == "red: lint"
        assert [check["cached"] for check in printed["checks"]] == [False, False]

    def test_links_are_named_because_nobody_looks_at_what_they_lead_to(
        self, run: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "repo" / "open.tf").symlink_to("README.md")

        result = run(("pass", "pass"), "--json")

        assert json.loads(result.stdout.splitlines()[-1])["links"] == ["open.tf"]
        assert "links are not followed: open.tf" in run(("pass", "pass")).stderr

    def test_says_what_was_known(self, run: Any) -> None:
        assert "known" in run(("pass", "pass"), cached=True).stderr

    def test_fresh_asks_no_kept_verdict(self, run: Any) -> None:
        assert run(("pass", "pass")).asked["cache"] is not None
        assert run(("pass", "pass"), "--fresh").asked["cache"] is None

    def test_a_folder_that_is_not_there_is_a_usage_error(self) -> None:
        assert CliRunner().invoke(app, ["check", "/nowhere/at/all"]).exit_code != 0
