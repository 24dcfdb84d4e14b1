"""Dockerfiles: what is caught, and what a file may ignore with a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.hadolint import HadolintCheck, ignored_lines
from libs.codegen.checks.severities import severity_of
from libs.codegen.checks.tools import ToolPaths
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox

MakeTree = Callable[[dict[str, str | None] | None], Tree]
CLEAN = "FROM python:3.11-slim\nWORKDIR /app\nCOPY src ./src\nUSER 10001\n"
APT = "RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\n"


class TestHadolintCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, installed: Callable[[str], ToolPaths]) -> HadolintCheck:
        return HadolintCheck(sandbox, installed("hadolint"))

    async def test_passes_a_clean_file(self, check: HadolintCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree({"docker/serve.Dockerfile": CLEAN}))

        assert (result.status, result.findings) == ("pass", ()), result
        assert result.tool_version

    async def test_catches_an_image_without_a_tag_and_blocks(
        self, check: HadolintCheck, make_tree: MakeTree
    ) -> None:
        hides_it = "ignored: [DL3006]\n"

        result = await check.run(
            make_tree(
                {"docker/serve.Dockerfile": CLEAN.replace(":3.11-slim", ""), ".hadolint.yaml": hides_it}
            )
        )

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.check_id, finding.path, finding.line) == ("DL3006", "docker/serve.Dockerfile", 1)

    async def test_a_file_ignores_a_rule_with_a_reason_only(
        self, check: HadolintCheck, make_tree: MakeTree
    ) -> None:
        pragma = "# hadolint ignore=DL3008\n"
        head = "FROM python:3.11-slim\n"

        bare = await check.run(make_tree({"Dockerfile": f"{head}{pragma}{APT}USER 10001\n"}))
        explained = await check.run(
            make_tree({"Dockerfile": f"{head}# The release pins it.\n{pragma}{APT}USER 10001\n"})
        )

        assert (bare.status, explained.status) == ("warn", "pass")
        assert [(f.check_id, f.reason) for f in explained.findings] == [("DL3008", "The release pins it.")]

    async def test_is_skipped_without_the_tool_or_a_dockerfile(
        self,
        check: HadolintCheck,
        sandbox: BubblewrapSandbox,
        tools: ToolPaths,
        make_tree: MakeTree,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert (await check.run(make_tree(None))).status == "skipped"
        monkeypatch.setenv("PATH", "/nowhere")
        missing = tools.model_copy(update={"tools_bin": Path("/nowhere")})

        result = await HadolintCheck(sandbox, missing).run(make_tree({"Dockerfile": CLEAN}))

        assert result.status == "skipped"


class TestIgnoredLines:
    @pytest.mark.parametrize(
        "above",
        [
            "",
            "# syntax=docker/dockerfile:1",
            "# escape=`",
            "# check=skip=JSONArgsRecommended",
            "# hadolint ignore=DL3009",
            "# hadolint global ignore=DL3009",
            "# hadolint shell=bash",
            "#checkov:skip=CKV_DOCKER_3",
            "#trivy:ignore:DS-0002",
            "# -----",
            "WORKDIR /app",
        ],
    )
    def test_what_a_program_reads_is_no_reason(self, tmp_path: Path, above: str) -> None:
        file = tmp_path / "Dockerfile"
        file.write_text(f"{above}\n# hadolint ignore=DL3008\n{APT}")

        assert ignored_lines(file) == {}

    def test_a_sentence_is_one(self, tmp_path: Path) -> None:
        file = tmp_path / "Dockerfile"
        file.write_text(f"# hadolint wants a release here.\n# hadolint ignore=DL3008, DL3009 \n{APT}")

        assert ignored_lines(file) == {
            (3, "DL3008"): "hadolint wants a release here.",
            (3, "DL3009"): "hadolint wants a release here.",
        }


class TestSeverityOf:
    @pytest.mark.parametrize(
        ("check", "rule", "severity"),
        [
            ("hadolint", "DL3002", "high"),
            ("hadolint", "DL9999", "low"),
            ("yamllint", "key-duplicates", "high"),
            ("actionlint", "shellcheck", "low"),
            ("tflint", "aws_instance_invalid_type", "high"),
            ("ruff", "S105", "high"),
            ("checkov", "CKV_AWS_24", "high"),
            ("unheard-of", "X1", "medium"),
        ],
    )
    def test_comes_from_one_table(self, check: str, rule: str, severity: str) -> None:
        assert severity_of(check, rule) == severity
