"""The reports say which tool said what about exactly this payload, and what is proven by what."""

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.badges import file_badges
from libs.codegen.blueprint import build_blueprint
from libs.codegen.errors import ForeignResult
from libs.codegen.matrix import requirements_matrix
from libs.codegen.models import Blueprint, CheckFinding, CheckResult, RenderedFile
from libs.codegen.renderer import render
from libs.codegen.reports import build_reports
from libs.events.models import CardInput, ReasonCard
from libs.planning.models import Plan, PolicyResult, Waiver
from tests.support.blueprints_rag import support_blueprint
from tests.support.codegen_plans import example_cost, example_plan, stated

PAYLOAD = "a" * 64
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
FILES = (
    RenderedFile(path="infra/envs/prod/main.tf", content=b'module "x" {}\n'),
    RenderedFile(
        path="infra/modules/ecs_fargate_service/main.tf",
        content=b'resource "aws_ecs_service" "this" {\n}\n',
    ),
    RenderedFile(
        path="infra/envs/prod/versions.tf",
        content=b'aws = {\n  source  = "hashicorp/aws"\n  version = "~> 6.0"\n}\n',
    ),
    RenderedFile(path="src/fraud_api/train.py", content=b"x = 1\n"),
    RenderedFile(path="README.md", content=b"# x\n"),
    RenderedFile(
        path="requirements.lock",
        content=b"numpy==2.4.6 \\\n    --hash=sha256:"
        + b"b" * 64
        + b"\nPyYAML==6.0.3 ; python_version > '3'\n",
    ),
)


def result(check: str, status: str = "pass", **changes: Any) -> CheckResult:
    return CheckResult.model_validate(
        {
            "check": check,
            "status": status,
            "reason": "fine",
            "payload_sha256": PAYLOAD,
            "seconds": 1.5,
            **changes,
        }
    )


def answers(plan: Plan) -> Blueprint:
    constraints = [
        stated("latency_ms_p95", 100, "sub-100ms | latency"),
        stated("budget_usd_month", 5000, "$5k"),
        stated("regions", ["us-east-1"], "Virginia"),
    ]
    return build_blueprint(plan, constraints, name="fraud-api", brief_title="Fraud detection")


def reports(plan: Plan, results: tuple[CheckResult, ...], **changes: Any) -> dict[str, bytes]:
    card = ReasonCard(
        decision_id="d1",
        agent="planner",
        node="planner",
        trigger="plan",
        at=NOW,
        title="The plan",
        choice="ECS <b>on</b> Fargate",
        justification="It is the cheapest.",
        inputs=(CardInput(kind="constraint", name="latency", quote="sub-100ms"),),
        confidence=0.9,
    )
    policy = PolicyResult(
        rule="pci_dss.encryption_at_rest",
        pack="pci_dss",
        control="PCI DSS 4.0 3.5.1",
        outcome="pass",
        message="Keys are customer managed.",
        evidence="customer_managed_keys",
    )
    arguments: dict[str, Any] = {
        "cost": plan.cost,
        "policies": (policy,),
        "results": results,
        "cards": (card,),
        "files": FILES,
        "payload_sha256": PAYLOAD,
        "generated_at": NOW,
        **changes,
    }
    return {file.path: file.content for file in build_reports(answers(plan), plan, **arguments)}


class TestReports:
    def test_holds_every_page(self) -> None:
        assert sorted(reports(example_plan(), ())) == [
            "reports/MANIFEST.sha256",
            "reports/checks.json",
            "reports/checks.md",
            "reports/cost.json",
            "reports/cost.md",
            "reports/matrix.json",
            "reports/matrix.md",
            "reports/policy.json",
            "reports/policy.md",
            "reports/rationale.md",
            "reports/sbom.cdx.json",
            "reports/summary.md",
        ]

    def test_the_manifest_satisfies_sha256sum_in_the_unpacked_tree(self, tmp_path: Path) -> None:
        tree = {**{file.path: file.content for file in FILES}, **reports(example_plan(), ())}
        for path, content in tree.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
        command = ["sha256sum", "--check", "--strict", "reports/MANIFEST.sha256"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count(": OK") == len(FILES)

    def test_a_result_of_another_payload_is_refused(self) -> None:
        with pytest.raises(ForeignResult):
            reports(example_plan(), (result("ruff", payload_sha256="b" * 64),))

    def test_an_unknown_price_is_unknown_and_never_zero(self) -> None:
        page = reports(example_plan(), ())["reports/cost.md"].decode()
        support = next(line for line in page.splitlines() if "support" in line)
        assert "| unknown | unknown |" in support
        assert "$0" not in support

    def test_the_cost_page_says_what_changed_to_the_version_before(self) -> None:
        page = reports(example_plan(), (), previous_cost=example_cost(1000.0))["reports/cost.md"].decode()
        assert "+234.50 USD a month" in page

    def test_a_suppressed_finding_is_shown_with_its_reason(self) -> None:
        finding = CheckFinding(
            check_id="CKV_AWS_1",
            severity="high",
            path="infra/main.tf",
            line=3,
            message="open",
            suppressed=True,
            reason="behind a load balancer",
        )
        page = reports(example_plan(), (result("checkov", findings=(finding,)),))[
            "reports/checks.md"
        ].decode()
        assert "yes: behind a load balancer" in page

    def test_text_from_people_cannot_become_markup(self) -> None:
        files = reports(example_plan(), ())
        assert b"<b>" not in files["reports/rationale.md"]
        assert b"sub-100ms \\| latency" in files["reports/matrix.md"]

    def test_the_bill_of_materials_lists_packages_and_providers(self) -> None:
        sbom = json.loads(reports(example_plan(), ())["reports/sbom.cdx.json"])
        assert sbom["bomFormat"] == "CycloneDX"
        assert [component["bom-ref"] for component in sbom["components"]] == [
            "pkg:pypi/numpy@2.4.6",
            "pkg:pypi/pyyaml@6.0.3",
            "pkg:terraform/hashicorp/aws@~> 6.0",
        ]

    def test_skipped_checks_are_named_in_the_summary(self) -> None:
        skipped = result("terraform_validate", "skipped", reason="terraform is not installed")
        page = reports(example_plan(), (skipped,))["reports/summary.md"].decode()
        assert "1 skipped" in page
        assert "terraform is not installed" in page


def with_unknown_lines(number: int) -> Plan:
    plan = example_plan()
    return plan.model_copy(update={"cost": plan.cost.model_copy(update={"unknown_lines": number})})


class TestMatrix:
    def matrix(self, plan: Plan, *results: CheckResult, **changes: Any) -> Any:
        bp = answers(plan)
        arguments: dict[str, Any] = {"files": render(bp), "results": results, "plan": plan, **changes}
        return requirements_matrix(bp, **arguments)

    def row(self, matrix: Any, field: str) -> Any:
        return next(row for row in matrix.rows if row.requirement == field)

    def test_a_green_check_on_files_that_hold_the_value_proves_a_requirement(self) -> None:
        row = self.row(self.matrix(example_plan(), result("terraform_validate")), "regions")
        assert row.status == "proven"
        assert row.checks == ("terraform_validate",)
        assert [path.split("-", 1)[1] for path in row.decisions] == ["network-private-endpoints.md"]

    def test_without_a_check_it_is_only_traced(self) -> None:
        row = self.row(self.matrix(example_plan()), "regions")
        assert row.status == "traced"
        assert row.gap

    def test_a_value_that_is_in_no_file_is_open_whatever_the_checks_say(self) -> None:
        plan = example_plan()
        files = tuple(
            file.model_copy(update={"content": file.content.replace(b"us-east-1", b"eu-west-1")})
            for file in render(answers(plan))
        )
        row = self.row(self.matrix(plan, result("terraform_validate"), files=files), "regions")
        assert row.status == "open"
        assert "us-east-1" in row.gap

    def test_a_red_check_fails_it(self) -> None:
        row = self.row(self.matrix(example_plan(), result("terraform_validate", "fail")), "regions")
        assert row.status == "failed"

    def test_a_skipped_check_proves_nothing(self) -> None:
        row = self.row(self.matrix(example_plan(), result("terraform_validate", "skipped")), "regions")
        assert row.status == "traced"

    def test_without_files_nothing_is_proven(self) -> None:
        matrix = self.matrix(example_plan(), result("terraform_validate"), files=())
        assert self.row(matrix, "regions").status == "open"

    def test_a_plan_over_its_budget_fails_the_budget(self) -> None:
        row = self.row(self.matrix(example_plan(budget_usd_month=100.0)), "budget_usd_month")
        assert row.status == "failed"
        assert "1,234.50" in row.gap

    @pytest.mark.parametrize(
        ("unknown", "status", "gap"),
        [(0, "proven", ""), (1, "traced", "1 line without a known price"), (2, "traced", "2 lines without")],
    )
    def test_a_bill_with_unknown_lines_is_no_proof_of_the_budget(
        self, unknown: int, status: str, gap: str
    ) -> None:
        plan = with_unknown_lines(unknown)

        row = self.row(self.matrix(plan, result("terraform_validate")), "budget_usd_month")

        assert row.status == status
        assert gap in row.gap
        assert any("cost estimate" in check for check in row.checks) is (unknown == 0)

    def test_the_latency_rests_on_the_plans_budget(self) -> None:
        slow = self.row(self.matrix(example_plan(latency_ms_p95=10.0)), "latency_ms_p95")
        fast = self.row(self.matrix(example_plan()), "latency_ms_p95")
        assert (slow.status, fast.status) == ("failed", "proven")

    def test_what_nobody_asked_for_is_not_counted(self) -> None:
        matrix = self.matrix(example_plan(deployment_preference=None))
        assert self.row(matrix, "deployment_preference").status == "not asked"

    def test_compliance_is_proven_by_rules_that_were_evaluated(self) -> None:
        plan = example_plan()
        rule = PolicyResult(
            rule="pci.keys", pack="pci_dss", control="3.5.1", outcome="fail", message="no", evidence="none"
        )
        assert self.row(self.matrix(plan), "compliance").status == "traced"
        assert self.row(self.matrix(plan, policies=(rule,)), "compliance").status == "failed"
        passed = rule.model_copy(update={"outcome": "pass"})
        assert self.row(self.matrix(plan, policies=(passed,)), "compliance").status == "proven"
        elsewhere = rule.model_copy(update={"outcome": "not_applicable"})
        parsed = self.row(self.matrix(plan, result("hcl"), policies=(elsewhere,)), "compliance")
        assert (parsed.status, parsed.checks) == ("traced", ("hcl",))
        assert "policy: not evaluated" in parsed.gap

    def test_a_waived_rule_is_traced_and_names_who_accepts_it(self) -> None:
        waiver = Waiver(owner="user:ada", reason="Moves in May.", expires=date(2030, 1, 1))
        waived = PolicyResult(
            rule="pci.keys",
            pack="pci_dss",
            control="3.5.1",
            outcome="warn",
            severity="fail",
            message="no",
            evidence="none",
            waiver=waiver,
        )

        row = self.row(self.matrix(example_plan(), result("hcl"), policies=(waived,)), "compliance")

        assert row.status == "traced"
        assert row.gap.endswith("pci.keys is waived: user:ada accepts it until 2030-01-01: Moves in May.")
        warned = waived.model_copy(update={"severity": "warn"})
        assert self.row(self.matrix(example_plan(), policies=(warned,)), "compliance").status == "proven"

    def test_names_the_resources_of_the_files(self) -> None:
        assert "aws_ecs_service.this" in self.row(self.matrix(example_plan()), "throughput_rps").resources

    def test_coverage_counts_what_is_proven(self) -> None:
        matrix = self.matrix(with_unknown_lines(0), result("terraform_validate"), result("pytest"))
        asked = [row for row in matrix.rows if row.status != "not asked"]
        proven = [row for row in asked if row.status == "proven"]
        assert matrix.coverage_pct == round(100 * len(proven) / len(asked), 1)
        assert matrix.stated_coverage_pct == 100

    @pytest.mark.parametrize("archetype", ["online_api", "batch_scoring"])
    def test_the_value_of_every_requirement_is_in_its_files(self, archetype: str) -> None:
        matrix = self.matrix(example_plan(archetype), result("terraform_validate"), result("pytest"))
        assert [row for row in matrix.rows if row.status in ("open", "failed")] == []


class TestBadges:
    def test_the_strongest_green_check_gives_the_badge(self) -> None:
        badges = {b.path: b for b in file_badges(FILES, (result("pytest"), result("ruff"), result("hcl")))}
        assert badges["src/fraud_api/train.py"].badge == "executed"
        assert badges["src/fraud_api/train.py"].checks == ("pytest", "ruff")
        assert badges["infra/envs/prod/main.tf"].badge == "validated"
        assert badges["README.md"].badge == "not checked"

    def test_what_a_document_system_is_made_of_is_tested(self) -> None:
        badges = {b.path: b.badge for b in file_badges(render(support_blueprint()), (result("pytest"),))}
        for path in ("config/rag.yaml", "config/guard.yaml", "prompts/answer.md", "data/evaluation.jsonl"):
            assert badges[path] == "tested", path
        assert badges["src/help_desk/answering.py"] == badges["tools/verify.py"] == "executed"
        assert badges["config/dev.yaml"] == badges["monitoring/slo.yaml"] == "tested"
        assert badges["monitoring/alarms.yaml"] == "not checked"

    def test_a_red_check_gives_none(self) -> None:
        badges = {b.path: b.badge for b in file_badges(FILES, (result("pytest", "fail"),))}
        assert badges["src/fraud_api/train.py"] == "not checked"
