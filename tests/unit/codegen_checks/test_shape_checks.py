"""YAML and the files that have a schema: each check lets a clean repository pass and catches what is planted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.jsonschema import JsonSchemaCheck
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.checks.yamllint import YamllintCheck
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox

MakeTree = Callable[[dict[str, str | None] | None], Tree]
WORKFLOW = """\
name: checks
on:
  push:
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
"""
COMPOSE = "services:\n  app:\n    image: example:1\n"
GITLAB = "test:\n  script:\n    - make test\n"
COLUMN = {
    "name": "amount",
    "kind": "number",
    "role": "feature",
    "nullable": False,
    "minimum": 0,
    "maximum": None,
    "categories": [],
    "description": "Amount",
}
CONTRACT = {
    "contract": 1,
    "task": "classification",
    "target": "label",
    "columns": [COLUMN, {**COLUMN, "name": "label", "kind": "boolean", "role": "target"}],
}
PIPELINE = {
    "contract": 1,
    "package": "example",
    "task": "classification",
    "target": "label",
    "metric": "roc_auc",
    "stages": ["ingest", "train"],
}
SHAPED: dict[str, str | None] = {
    ".github/workflows/checks.yml": WORKFLOW,
    ".gitlab-ci.yml": GITLAB,
    "docker/compose.yaml": COMPOSE,
    "data/schema.json": json.dumps(CONTRACT),
    "pipeline.json": json.dumps(PIPELINE),
}


class TestYamllintCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, installed: Callable[[str], ToolPaths]) -> YamllintCheck:
        return YamllintCheck(sandbox, installed("yamllint"))

    async def test_passes_clean_files(self, check: YamllintCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree({"config/dev.yaml": "a: 1\n"}))

        assert (result.status, result.findings) == ("pass", ())
        assert result.tool_version

    async def test_catches_a_value_that_is_lost_and_says_where(
        self, check: YamllintCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"config/dev.yaml": "a: 1\nb: 2\na: 3\n"}))

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.check_id, finding.severity) == ("yamllint.key-duplicates", "high")
        assert (finding.path, finding.line) == ("config/dev.yaml", 3)

    async def test_catches_a_file_that_is_no_yaml(self, check: YamllintCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree({"config/dev.yaml": "a: [1\n"}))

        assert result.status == "fail"
        assert {finding.severity for finding in result.findings} == {"high"}

    async def test_obeys_the_rules_of_the_repository(self, check: YamllintCheck, make_tree: MakeTree) -> None:
        own = "extends: default\nrules:\n  document-start:\n    present: true\n"

        result = await check.run(make_tree({"config/dev.yaml": "a: 1\n", ".yamllint.yaml": f"---\n{own}"}))

        assert [(f.check_id, f.path) for f in result.findings] == [
            ("yamllint.document-start", "config/dev.yaml")
        ]

    async def test_is_skipped_without_the_tool(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"tools_bin": Path("/nowhere")})

        for check in (YamllintCheck(sandbox, missing), JsonSchemaCheck(sandbox, missing)):
            result = await check.run(make_tree({"a.yaml": f"a: {check.name}\n"}))

            assert result.status == "skipped"
            assert "make install" in result.reason


class TestJsonSchemaCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, installed: Callable[[str], ToolPaths]) -> JsonSchemaCheck:
        return JsonSchemaCheck(sandbox, installed("check-jsonschema"))

    @pytest.mark.long
    async def test_passes_files_that_fit(self, check: JsonSchemaCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree(SHAPED))

        assert (result.status, result.findings) == ("pass", ()), result
        assert (
            "1 GitHub workflows, 1 GitLab CI, 1 compose files, 1 data contract, 1 pipeline" in result.reason
        )

    async def test_catches_a_misspelt_key_in_a_workflow(
        self, check: JsonSchemaCheck, make_tree: MakeTree
    ) -> None:
        planted = WORKFLOW.replace("steps:", "stesp:")

        result = await check.run(make_tree({".github/workflows/checks.yml": planted}))

        assert result.status == "fail"
        assert {(f.check_id, f.path) for f in result.findings} == {
            ("jsonschema.github-workflows", ".github/workflows/checks.yml")
        }

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("path", "content"),
        [
            (".gitlab-ci.yml", GITLAB.replace("script", "scirpt")),
            ("bitbucket-pipelines.yml", "pipelines:\n  default:\n    - setp: {script: [make test]}\n"),
            (".circleci/config.yml", "version: 2.1\njobs:\n  checks:\n    steps: checkout\n"),
            ("docker/compose.yaml", COMPOSE.replace("image", "imag")),
            ("docker/compose.yaml", "services: ["),
            ("data/schema.json", json.dumps({**CONTRACT, "columns": [COLUMN, COLUMN]})),
            ("pipeline.json", json.dumps({**PIPELINE, "stages": []})),
            ("pipeline.json", json.dumps({**PIPELINE, "extra": 1})),
        ],
    )
    async def test_catches_what_does_not_fit(
        self, check: JsonSchemaCheck, make_tree: MakeTree, path: str, content: str
    ) -> None:
        result = await check.run(make_tree({path: content}))

        assert result.status == "fail"
        assert {finding.path for finding in result.findings} == {path}

    async def test_is_skipped_without_such_files(self, check: JsonSchemaCheck, make_tree: MakeTree) -> None:
        assert (await check.run(make_tree(None))).status == "skipped"
