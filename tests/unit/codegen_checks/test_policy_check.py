"""Our packs on the generated files: what blocks, what a file may accept itself, what only a waiver may."""

from collections.abc import Callable
from datetime import date

import pytest

from libs.codegen.answers import ANSWERS_PATH, write_answers
from libs.codegen.checks.check import Tree, verdict
from libs.codegen.checks.policy import PolicyCheck, judged, packs_on_files
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding
from libs.planning.policies import rules
from libs.planning.policies.packs import Policies, load_packs
from libs.planning.policies.terraform import terraform_input
from libs.planning.policies.waivers import WaiverEntry
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from tests.support.blueprints import fraud_blueprint

MakeTree = Callable[[dict[str, str | None] | None], Tree]
TODAY = date(2026, 11, 1)
DATABASE = """\
resource "aws_db_instance" "this" {
  storage_encrypted       = false
  backup_retention_period = 7
  deletion_protection     = true
}
"""
MODULE = "infra/modules/db/main.tf"
RULE = "baseline.tf_database_encryption"


RECORDED = {"compliance": []}


def found(tree: Tree, *waivers: WaiverEntry) -> list[CheckFinding]:
    """The findings on databases; the small repository also breaks rules that are not looked at here."""
    files = tree.files()
    terraform = terraform_input(
        {path: (tree.path / path).read_text() for path in files if path.endswith(".tf")}
    )
    policies = Policies(load_packs().packs, waivers)
    _, findings = judged(tree.path, files, terraform, RECORDED, policies, TODAY)
    return [finding for finding in findings if "tf_database" in finding.check_id]


class TestJudged:
    def test_passes_what_keeps_the_rules(self, make_tree: MakeTree) -> None:
        assert found(make_tree({MODULE: DATABASE.replace("false", "true")})) == []

    def test_catches_a_broken_rule_and_says_where(self, make_tree: MakeTree) -> None:
        [finding] = found(make_tree({MODULE: f"\n{DATABASE}"}))

        assert (finding.check_id, finding.severity, finding.suppressed) == (RULE, "high", False)
        assert (finding.path, finding.line) == (MODULE, 2)
        assert verdict([finding]) == "fail"

    def test_a_file_cannot_accept_a_rule_that_blocks(self, make_tree: MakeTree) -> None:
        planted = DATABASE.replace("{\n", f"{{\n  #policy:accept={RULE}:We like it so.\n", 1)

        assert [finding.suppressed for finding in found(make_tree({MODULE: planted}))] == [False]

    def test_a_file_accepts_a_warning_with_a_reason(self, make_tree: MakeTree) -> None:
        warned = DATABASE.replace("= true", "= false").replace("encrypted       = false", "encrypted = true")
        comment = "  #policy:accept=baseline.tf_database_protection:Thrown away each night.\n"

        [bare] = found(make_tree({MODULE: warned}))
        [explained] = found(make_tree({MODULE: warned.replace("{\n", f"{{\n{comment}", 1)}))

        assert bare.check_id == "baseline.tf_database_protection"
        assert (bare.severity, bare.suppressed) == ("medium", False)
        assert (explained.suppressed, explained.reason) == (True, "Thrown away each night.")

    def test_a_waiver_accepts_it_until_it_expires(self, make_tree: MakeTree) -> None:
        good = WaiverEntry(rule=RULE, owner="Security", reason="Moves in May.", expires=TODAY)
        late = good.model_copy(update={"expires": date(2026, 10, 31)})
        tree = make_tree({MODULE: DATABASE})

        [waived], [expired] = found(tree, good), found(tree, late)

        assert (waived.suppressed, expired.suppressed) == (True, False)
        assert waived.reason == "Security accepts it until 2026-11-01: Moves in May."

    def test_rules_on_plans_are_left_to_the_planner(self) -> None:
        tests = [rule.test for pack in packs_on_files(load_packs().packs) for rule in pack.rules]

        assert {type(test) for test in tests} == {rules.Resource, rules.Terraform, rules.FileExists}


class TestPolicyCheck:
    @pytest.fixture
    def check(self, sandbox: BubblewrapSandbox, tools: ToolPaths) -> PolicyCheck:
        return PolicyCheck(sandbox, tools, load_packs(), lambda: TODAY)

    async def test_catches_a_broken_rule_by_the_recorded_regime(
        self, check: PolicyCheck, make_tree: MakeTree
    ) -> None:
        answers = write_answers(fraud_blueprint(compliance=("PCI-DSS",)))

        result = await check.run(make_tree({ANSWERS_PATH: answers, MODULE: DATABASE}))

        assert result.status == "fail"
        assert (RULE, MODULE, 1) in [(f.check_id, f.path, f.line) for f in result.findings]
        assert "PCI-DSS" in result.reason

    async def test_a_waiver_of_the_design_accepts_it_like_one_of_the_organisation(
        self, check: PolicyCheck, make_tree: MakeTree
    ) -> None:
        waiver = WaiverEntry(rule=RULE, owner="user:ada", reason="Moves in May.", expires=TODAY)
        tree = make_tree({MODULE: DATABASE}).model_copy(update={"waivers": (waiver,)})

        [finding] = [f for f in (await check.run(tree)).findings if f.check_id == RULE]

        assert finding.suppressed
        assert finding.reason == "user:ada accepts it until 2026-11-01: Moves in May."

    async def test_a_configuration_in_json_is_not_looked_at_and_says_so(
        self, check: PolicyCheck, make_tree: MakeTree
    ) -> None:
        result = await check.run(make_tree({"infra/envs/dev/open.tf.json": "{}"}))

        assert result.status == "fail"
        assert [(f.severity, f.path) for f in result.findings if f.check_id == "policy.json"] == [
            ("high", "infra/envs/dev/open.tf.json")
        ]

    @pytest.mark.long
    async def test_without_recorded_answers_says_so(self, check: PolicyCheck, make_tree: MakeTree) -> None:
        assert "no .answers.yml" in (await check.run(make_tree(None))).reason

    @pytest.mark.long
    async def test_terraform_that_cannot_be_read_fails(self, check: PolicyCheck, make_tree: MakeTree) -> None:
        result = await check.run(make_tree({MODULE: "resource {\n"}))

        assert result.status == "fail"
        assert MODULE in result.reason
