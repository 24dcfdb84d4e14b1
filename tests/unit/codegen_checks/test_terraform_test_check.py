"""The modules' own tests: they run with a mocked provider, and a wrong assertion blocks."""

from collections.abc import Callable

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.terraform_test import TerraformTestCheck, module_of
from libs.codegen.checks.tools import ToolPaths
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from tests.unit.codegen_checks.repository import ENVIRONMENT, MODULE

MakeTree = Callable[[dict[str, str | None] | None], Tree]
VERSIONS = ENVIRONMENT.partition("module ")[0]
TEST = """\
mock_provider "aws" {}

variables {
  name = "jobs"
}

run "queue_is_named" {
  command = plan

  assert {
    condition     = aws_sqs_queue.this.name == "jobs"
    error_message = "The queue has another name."
  }
}
"""
PATH = "infra/modules/queue/tests/name.tftest.hcl"
TESTED: dict[str, str | None] = {"infra/modules/queue/main.tf": VERSIONS + MODULE, PATH: TEST}


class TestTerraformTestCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, terraform_tools: ToolPaths) -> TerraformTestCheck:
        return TerraformTestCheck(sandbox, terraform_tools)

    @pytest.mark.shared
    @pytest.mark.long
    async def test_passes_when_the_modules_tests_pass(
        self, check: TerraformTestCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree(TESTED))

        assert (result.status, result.findings) == ("pass", ()), result
        assert result.reason == "1 run in 1 test file passed with a mocked provider."
        assert result.tool_version

    @pytest.mark.shared
    async def test_catches_an_assertion_that_does_not_hold(
        self, check: TerraformTestCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({**TESTED, PATH: TEST.replace('== "jobs"', '== "other"')}))

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.check_id, finding.path, finding.line) == ("terraform.test.queue_is_named", PATH, 11)
        assert "The queue has another name." in finding.message

    @pytest.mark.shared
    @pytest.mark.long
    @pytest.mark.parametrize(
        ("changes", "check_id"),
        [
            ({PATH: TEST.replace('"aws" {}', '"aws" {')}, "terraform.init"),
            (
                {"infra/modules/queue/main.tf": MODULE.replace("var.name", "var.nothing")},
                "terraform.test.queue_is_named",
            ),
        ],
    )
    async def test_what_cannot_be_run_does_not_pass(
        self, check: TerraformTestCheck, make_tree: MakeTree, changes: dict[str, str | None], check_id: str
    ) -> None:
        result = await check.run(make_tree({**TESTED, **changes}))

        assert result.status == "fail"
        assert check_id in {finding.check_id for finding in result.findings}

    @pytest.mark.shared
    @pytest.mark.long
    async def test_a_test_that_mocks_nothing_blocks(
        self, check: TerraformTestCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({**TESTED, PATH: TEST.replace('mock_provider "aws" {}', "")}))

        assert result.status == "fail"
        assert ("terraform.test.mock", PATH) in {(f.check_id, f.path) for f in result.findings}

    async def test_is_skipped_without_a_mirror(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        without = tools.model_copy(update={"terraform_mirror": None})

        result = await TerraformTestCheck(sandbox, without).run(make_tree(TESTED))

        assert result.status == "skipped"
        assert "terraform" in result.reason

    def test_tests_belong_to_the_module_above_them(self) -> None:
        assert module_of("infra/modules/queue/tests/name.tftest.hcl") == "infra/modules/queue"
        assert module_of("infra/modules/queue/name.tftest.hcl") == "infra/modules/queue"
