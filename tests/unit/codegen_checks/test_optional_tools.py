"""Tools that may be on PATH: their reports are read as they write them; one that is missing never passes."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.checks import actionlint, tflint, trivy
from libs.codegen.checks.actionlint import ActionlintCheck
from libs.codegen.checks.check import Check, ToolFailed, Tree
from libs.codegen.checks.tflint import TflintCheck
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.checks.trivy import TrivyCheck
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox

MakeTree = Callable[[dict[str, str | None] | None], Tree]

ACTIONLINT = [
    {
        "message": 'property "brnach" is not defined in object type {branch: string}',
        "filepath": "/work/repo/.github/workflows/checks.yml",
        "line": 9,
        "column": 20,
        "kind": "expression",
        "snippet": "      - run: echo ${{ github.brnach }}",
        "end_column": 33,
    }
]
TFLINT: dict[str, Any] = {
    "issues": [
        {
            "rule": {
                "name": "terraform_module_pinned_source",
                "severity": "warning",
                "link": "https://example.invalid/rules/terraform_module_pinned_source.md",
            },
            "message": 'Module source "git::https://example.invalid/m.git" is not pinned',
            "range": {
                "filename": "infra/envs/dev/main.tf",
                "start": {"line": 11, "column": 12},
                "end": {"line": 11, "column": 40},
            },
            "callers": [],
        }
    ],
    "errors": [],
}
TRIVY: dict[str, Any] = {
    "SchemaVersion": 2,
    "Results": [
        {
            "Target": ".",
            "Class": "config",
            "Type": "terraform",
            "MisconfSummary": {"Successes": 4, "Failures": 0},
        },
        {
            "Target": "infra/modules/queue/main.tf",
            "Class": "config",
            "Type": "terraform",
            "Misconfigurations": [
                {
                    "Type": "Terraform Security Check",
                    "ID": "AVD-AWS-0096",
                    "AVDID": "AVD-AWS-0096",
                    "Title": "Unencrypted SQS queue.",
                    "Message": "Queue is not encrypted",
                    "Severity": "HIGH",
                    "Status": "FAIL",
                    "CauseMetadata": {"Provider": "AWS", "Service": "sqs", "StartLine": 5, "EndLine": 8},
                },
                {"ID": "AVD-AWS-0097", "Title": "Fine.", "Severity": "HIGH", "Status": "PASS"},
            ],
            "ExperimentalModifiedFindings": [
                {
                    "Type": "misconfiguration",
                    "Status": "ignored",
                    "Statement": "Holds counters alone.",
                    "Source": "main.tf:12",
                    "Finding": {
                        "ID": "AVD-AWS-0135",
                        "Title": "No customer managed key.",
                        "Message": "Queue is not encrypted with a customer managed key.",
                        "Severity": "HIGH",
                        "CauseMetadata": {"StartLine": 12},
                    },
                }
            ],
        },
    ],
}
PLANTED: dict[str, str | None] = {".github/workflows/checks.yml": "name: checks\non: push\njobs: {}\n"}
"""Gives each of the tools something to look at."""

Make = Callable[[BubblewrapSandbox, ToolPaths], Check]
TOOLS: dict[str, tuple[Make, object, int, str]] = {
    "actionlint": (ActionlintCheck, ACTIONLINT, 1, "1.7.7"),
    "tflint": (TflintCheck, TFLINT, 2, "TFLint version 0.58.0"),
    "trivy": (TrivyCheck, TRIVY, 0, json.dumps({"Version": "0.66.0"})),
}


@pytest.fixture
def with_program(tools: ToolPaths, tmp_path: Path) -> Callable[..., ToolPaths]:
    """Puts a program in place that answers as the tool would: a version, then a report."""

    def make(name: str, version: str, report: str, code: int) -> ToolPaths:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / name
        program.write_text(
            f"#!/bin/sh\ncase \"$*\" in *-version*--format*|-version|--version) cat <<'END'\n{version}\nEND\n"
            f"exit 0;; esac\ncat <<'END'\n{report}\nEND\nexit {code}\n"
        )
        program.chmod(0o755)
        for path in (tmp_path, folder):
            path.chmod(0o755)
        return tools.model_copy(update={"tools_bin": folder})

    return make


class TestOptionalTools:
    @pytest.mark.parametrize("name", sorted(TOOLS))
    async def test_a_finding_of_an_installed_tool_blocks(
        self,
        name: str,
        sandbox: BubblewrapSandbox,
        with_program: Callable[..., ToolPaths],
        make_tree: MakeTree,
    ) -> None:
        make, report, code, version = TOOLS[name]
        tools = with_program(name, version, json.dumps(report), code)

        result = await make(sandbox, tools).run(make_tree(PLANTED))

        assert result.status == "fail", result
        assert [f.severity for f in result.findings if not f.suppressed] == ["high"]
        assert result.tool_version

    @pytest.mark.parametrize("name", sorted(TOOLS))
    async def test_a_report_that_cannot_be_read_is_no_pass(
        self,
        name: str,
        sandbox: BubblewrapSandbox,
        with_program: Callable[..., ToolPaths],
        make_tree: MakeTree,
    ) -> None:
        make, _, _, version = TOOLS[name]
        tools = with_program(name, version, "panic: runtime error", 0)

        with pytest.raises(ToolFailed):
            await make(sandbox, tools).run(make_tree(PLANTED))

    @pytest.mark.parametrize("name", sorted(TOOLS))
    async def test_a_missing_tool_is_skipped_with_the_reason(
        self,
        name: str,
        sandbox: BubblewrapSandbox,
        tools: ToolPaths,
        make_tree: MakeTree,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        make, *_ = TOOLS[name]
        monkeypatch.setitem(os.environ, "PATH", "/nowhere")
        missing = tools.model_copy(update={"tools_bin": Path("/nowhere")})

        result = await make(sandbox, missing).run(make_tree(PLANTED))

        assert (result.status, result.findings) == ("skipped", ())
        assert name in result.reason


class TestReports:
    def test_actionlint(self) -> None:
        [finding] = actionlint.parsed(json.dumps(ACTIONLINT).encode())

        assert (finding.check_id, finding.severity) == ("actionlint.expression", "high")
        assert (finding.path, finding.line) == (".github/workflows/checks.yml", 9)
        assert actionlint.parsed(b"[]") == actionlint.parsed(b"null") == []

    def test_tflint(self) -> None:
        [finding] = tflint.parsed(json.dumps(TFLINT).encode())

        assert (finding.check_id, finding.severity) == ("tflint.terraform_module_pinned_source", "high")
        assert (finding.path, finding.line) == ("infra/envs/dev/main.tf", 11)

    def test_an_error_of_tflint_is_grave(self) -> None:
        report = {"issues": [], "errors": [{"message": "Failed to load configurations", "severity": "error"}]}

        [finding] = tflint.parsed(json.dumps(report).encode())

        assert (finding.check_id, finding.severity, finding.line) == ("tflint.error", "high", None)

    def test_trivy(self) -> None:
        red, accepted = trivy.parsed(json.dumps(TRIVY).encode())

        assert (red.check_id, red.severity, red.suppressed) == ("AWS-0096", "high", False)
        assert (red.path, red.line) == ("infra/modules/queue/main.tf", 5)
        assert (accepted.check_id, accepted.suppressed, accepted.reason) == (
            "AWS-0135",
            True,
            "Holds counters alone.",
        )

    @pytest.mark.parametrize("statement", [None, "", "  "])
    def test_trivy_ignores_nothing_without_a_reason(self, statement: str | None) -> None:
        report = json.loads(json.dumps(TRIVY))
        report["Results"][1]["ExperimentalModifiedFindings"][0]["Statement"] = statement

        _, ignored = trivy.parsed(json.dumps(report).encode())

        assert (ignored.check_id, ignored.severity, ignored.suppressed) == ("AWS-0135", "high", False)
