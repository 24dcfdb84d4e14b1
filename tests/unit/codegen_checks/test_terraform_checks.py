"""The checks of the Terraform side: each lets the clean repository pass and catches what is planted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.checkov import CheckovCheck
from libs.codegen.checks.checkov_severities import severity_of
from libs.codegen.checks.hcl import HclCheck
from libs.codegen.checks.terraform_fmt import TerraformFmtCheck
from libs.codegen.checks.terraform_validate import TerraformValidateCheck, root_modules
from libs.codegen.checks.tools import ToolPaths
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from tests.conftest import unavailable
from tests.unit.codegen_checks.repository import CLEAN, ENVIRONMENT, MODULE

MakeTree = Callable[[dict[str, str | None] | None], Tree]


class TestHclCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, tools: ToolPaths) -> HclCheck:
        return HclCheck(sandbox, tools)

    async def test_passes_a_clean_repository(self, check: HclCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree(None))

        assert (result.status, result.reason) == ("pass", "3 Terraform files parsed.")
        assert result.tool_version

    async def test_catches_a_syntax_error_and_says_where(self, check: HclCheck, make_tree: MakeTree) -> None:
        broken = 'resource "aws_sqs_queue" "this" {\n  name = "a"\n  = broken\n}\n'

        result = await check.run(make_tree({"infra/modules/queue/broken.tf": broken}))

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.path, finding.line) == ("infra/modules/queue/broken.tf", 3)

    async def test_catches_a_file_that_is_no_text(self, check: HclCheck, make_tree: MakeTree) -> None:
        tree = make_tree(None)
        (tree.path / "infra/modules/queue/main.tf").write_bytes(b"\xff\xfe\x00")

        assert (await check.run(tree)).status == "fail"

    @pytest.mark.parametrize("alone", [False, True])
    async def test_a_configuration_in_json_is_not_looked_at_and_says_so(
        self, check: HclCheck, make_tree: MakeTree, alone: bool
    ) -> None:
        others = dict.fromkeys(path for path in CLEAN if alone and path.endswith(".tf"))

        result = await check.run(make_tree({**others, "infra/envs/dev/open.tf.json": "{}"}))

        [finding] = result.findings
        assert (result.status, finding.severity) == ("fail", "high")
        assert (finding.check_id, finding.path) == ("hcl.json", "infra/envs/dev/open.tf.json")

    async def test_is_skipped_without_terraform_files(self, check: HclCheck, make_tree: MakeTree) -> None:
        tree = make_tree(
            dict.fromkeys(
                ("infra/modules/queue/main.tf", "infra/envs/dev/main.tf", "infra/envs/prod/main.tf")
            )
        )

        assert (await check.run(tree)).status == "skipped"


class TestTerraformFmtCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, tools: ToolPaths) -> TerraformFmtCheck:
        if tools.terraform_program() is None:
            unavailable("terraform is not installed")
        return TerraformFmtCheck(sandbox, tools)

    async def test_passes_a_clean_repository(self, check: TerraformFmtCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree(None))

        assert (result.status, result.findings) == ("pass", ())
        assert result.tool_version

    async def test_catches_a_file_that_is_not_formatted(
        self, check: TerraformFmtCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"infra/envs/dev/extra.tf": "locals {\n    a=1\n}\n"}))

        assert result.status == "fail"
        assert [finding.path for finding in result.findings] == ["infra/envs/dev/extra.tf"]

    async def test_a_file_that_cannot_be_read_is_a_grave_finding(
        self, check: TerraformFmtCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"infra/envs/dev/extra.tf": "locals {\n"}))

        assert result.status == "fail"
        assert [finding.severity for finding in result.findings] == ["high"]

    async def test_is_skipped_without_terraform(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"terraform": "terraform-that-is-not-installed"})

        for check in (TerraformFmtCheck(sandbox, missing), TerraformValidateCheck(sandbox, missing)):
            result = await check.run(make_tree({"README.md": check.name}))

            assert result.status == "skipped"
            assert "terraform is not installed" in result.reason


class TestTerraformValidateCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, terraform_tools: ToolPaths) -> TerraformValidateCheck:
        return TerraformValidateCheck(sandbox, terraform_tools)

    @pytest.mark.shared
    async def test_passes_a_clean_repository(
        self, check: TerraformValidateCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree(None))

        assert result.status == "pass", result
        assert "infra/envs/dev, infra/envs/prod" in result.reason
        assert result.tool_version

    @pytest.mark.shared
    async def test_catches_what_only_the_provider_schema_knows(
        self, check: TerraformValidateCheck, make_tree: MakeTree
    ) -> None:
        planted = MODULE.replace("sqs_managed_sse_enabled", "sqs_managed_encryption")

        result = await check.run(
            make_tree({"infra/modules/queue/main.tf": planted, "infra/envs/prod/main.tf": None})
        )

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.path, finding.line) == ("infra/modules/queue/main.tf", 7)
        assert "Unsupported argument" in finding.message

    @pytest.mark.shared
    async def test_catches_an_undeclared_variable_in_one_environment(
        self, check: TerraformValidateCheck, make_tree: MakeTree
    ) -> None:
        planted = ENVIRONMENT.replace('"jobs"', "var.undeclared")

        result = await check.run(make_tree({"infra/envs/prod/main.tf": planted}))

        [finding] = result.findings
        assert (finding.path, result.status) == ("infra/envs/prod/main.tf", "fail")
        assert "undeclared" in finding.message

    @pytest.mark.shared
    @pytest.mark.parametrize(("name", "status"), [("nightly", "pass"), ("hourly", "fail")])
    async def test_what_lies_beside_the_infrastructure_can_be_read(
        self, check: TerraformValidateCheck, make_tree: MakeTree, name: str, status: str
    ) -> None:
        reading = (
            f'\nlocals {{\n  read = yamldecode(file("${{path.root}}/../../../runs/{name}.yaml")).at\n}}\n'
        )

        result = await check.run(
            make_tree({"runs/nightly.yaml": "at: 3\n", "infra/envs/prod/main.tf": ENVIRONMENT + reading})
        )

        assert result.status == status, result
        assert [f.path for f in result.findings] == ["infra/envs/prod/main.tf"] * (status == "fail")

    @pytest.mark.shared
    async def test_catches_a_provider_that_the_mirror_does_not_have(
        self, check: TerraformValidateCheck, make_tree: MakeTree
    ) -> None:
        planted = ENVIRONMENT.replace("hashicorp/aws", "someone/unknown")

        result = await check.run(
            make_tree({"infra/envs/dev/main.tf": planted, "infra/envs/prod/main.tf": None})
        )

        assert result.status == "fail"
        assert [finding.check_id for finding in result.findings] == ["terraform.init"]

    async def test_is_skipped_without_a_mirror(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree, tmp_path: Path
    ) -> None:
        if tools.terraform_program() is None:
            unavailable("terraform is not installed")

        for mirror in (None, tmp_path / "nowhere"):
            without = tools.model_copy(update={"terraform_mirror": mirror})
            result = await TerraformValidateCheck(sandbox, without).run(make_tree({"README.md": str(mirror)}))

            assert result.status == "skipped"
            assert "no provider mirror" in result.reason

    def test_root_modules_are_what_people_apply(self, make_tree: MakeTree) -> None:
        tree = make_tree({"infra/bootstrap/main.tf": "", "infra/tests/setup/main.tf": ""})

        assert root_modules(tree) == ["infra/bootstrap", "infra/envs/dev", "infra/envs/prod"]


class TestCheckovCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, tools: ToolPaths) -> CheckovCheck:
        if not tools.checkov.is_file():
            unavailable("checkov is not installed")
        return CheckovCheck(sandbox, tools)

    async def test_catches_a_grave_finding_and_keeps_the_reason_of_a_suppressed_one(
        self, check: CheckovCheck, make_tree: MakeTree
    ) -> None:
        planted = (
            'resource "aws_sqs_queue" "open" {\n  name = "open"\n}\n\n'
            'resource "aws_sqs_queue" "waived" {\n'
            "  #checkov:skip=CKV_AWS_27:Holds nothing but counters\n"
            '  name = "waived"\n}\n\n'
            'resource "aws_sqs_queue" "hidden" {\n'
            "  #checkov:skip=CKV_AWS_27\n"
            '  name = "hidden"\n}\n\n'
            'resource "aws_sqs_queue" "blank" {\n'
            "  #checkov:skip=CKV_AWS_27: \n"
            '  name = "blank"\n}\n'
        )

        hides_it = "soft-fail: true\nskip-check:\n  - CKV_AWS_27\n"

        result = await check.run(
            make_tree(
                {
                    "infra/modules/queue/extra.tf": planted,
                    "infra/.checkov.yaml": hides_it,
                    ".checkov.yaml": hides_it,
                }
            )
        )

        grave = [
            (f.check_id, f.path, f.line) for f in result.findings if f.severity == "high" and not f.reason
        ]
        waived = [(f.check_id, f.reason) for f in result.findings if f.suppressed]
        assert result.status == "fail"
        assert grave == [("CKV_AWS_27", "infra/modules/queue/extra.tf", line) for line in (1, 10, 15)]
        assert waived == [("CKV_AWS_27", "Holds nothing but counters")]
        assert "3 high" in result.reason
        assert result.tool_version

    @pytest.mark.parametrize(("beside", "status"), [("README.md", "fail"), ("hides.py", "pass")])
    async def test_holds_the_tree_against_policies_of_its_own_unless_programs_are_among_them(
        self, check: CheckovCheck, make_tree: MakeTree, beside: str, status: str
    ) -> None:
        policy = (
            "metadata:\n  id: DESIGN_NO_QUEUES\n  name: no queues\n  category: NETWORKING\n"
            "definition:\n  cond_type: resource\n  resource_types: [aws_sqs_queue]\n  operator: not_exists\n"
        )

        result = await check.run(
            make_tree(
                {"infra/policies/queues.yaml": policy, f"infra/policies/{beside}": "raise SystemExit\n"}
            )
        )

        assert result.status == status
        assert [(f.check_id, f.severity, f.path) for f in result.findings] == (
            [("DESIGN_NO_QUEUES", "high", "infra/modules/queue/main.tf")] if status == "fail" else []
        )

    @pytest.mark.long
    async def test_passes_a_clean_repository(self, check: CheckovCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree(None))

        assert (result.status, result.findings) == ("pass", ())

    @pytest.mark.long
    async def test_is_skipped_where_no_rule_applies(self, check: CheckovCheck, make_tree: MakeTree) -> None:
        others = dict.fromkeys(path for path in CLEAN if path.endswith(".tf"))

        result = await check.run(make_tree({**others, "infra/main.tf": "locals {\n  a = 1\n}\n"}))

        assert (result.status, result.findings) == ("skipped", ())

    async def test_is_skipped_without_checkov(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        missing = tools.model_copy(update={"checkov": Path("/nowhere/checkov")})

        result = await CheckovCheck(sandbox, missing).run(make_tree(None))

        assert result.status == "skipped"
        assert "make install" in result.reason


class TestSeverityOf:
    @pytest.mark.parametrize(
        ("rule", "severity"),
        [("CKV_AWS_24", "high"), ("CKV_AWS_144", "low"), ("CKV_AWS_145", "medium"), ("CKV_NEW_1", "medium")],
    )
    def test_is_medium_unless_the_table_says_otherwise(self, rule: str, severity: str) -> None:
        assert severity_of(rule) == severity
