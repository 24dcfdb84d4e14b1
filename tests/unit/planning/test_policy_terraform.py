"""Rules on Terraform: reading HCL, each resource rule on small snippets, and a whole generated repository."""

from pathlib import Path

import pytest

from libs.planning.errors import TerraformUnreadable
from libs.planning.policies import rules
from libs.planning.policies.judging import judge
from libs.planning.policies.packs import load_packs
from libs.planning.policies.terraform import terraform_input
from tests.unit.planning.policy_scenes import AS_OF, good_plan, judged

GOLDEN = Path(__file__).parents[2] / "golden" / "fraud-api"

BUCKET = 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n'
TRAIL = """
resource "aws_cloudtrail" "t" {
  is_multi_region_trail      = true
  enable_log_file_validation = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.t.arn}:*"
  event_selector {
    data_resource {
      type = "AWS::S3::Object"
    }
  }
}
resource "aws_cloudwatch_log_group" "t" {
  retention_in_days = 365
}
"""
PRIVATE_BALANCER = 'resource "aws_lb" "b" {\n  internal = true\n}\n'
PUBLIC_BALANCER = 'resource "aws_lb" "b" {\n  internal = false\n}\n'


def resource(type_: str, body: str, name: str = "x") -> str:
    return f'resource "{type_}" "{name}" {{\n{body}\n}}\n'


def traffic(way: str, body: str) -> str:
    return resource(f"aws_vpc_security_group_{way}_rule", body)


def rights(body: str) -> str:
    return f'data "aws_iam_policy_document" "d" {{\n  statement {{\n{body}\n  }}\n}}\n'


def companion(kind: str, body: str = "") -> str:
    return BUCKET + resource(f"aws_s3_bucket_{kind}", f"bucket = aws_s3_bucket.a.id\n{body}")


BLOCKED = "\n".join(
    f"{key} = true"
    for key in ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
)
OPEN = 'cidr_ipv4 = "0.0.0.0/0"\nfrom_port = 22\nto_port = 22'
OPEN_HTTPS = 'cidr_ipv4 = "0.0.0.0/0"\nfrom_port = 443\nto_port = 443'
NARROW = 'cidr_ipv4 = "10.0.0.0/16"\nfrom_port = 443\nto_port = 443'
POLICY_ARN = 'policy_arn = "arn:aws:iam::aws:policy/{}"'
DB, CACHE, TABLE = "aws_db_instance", "aws_elasticache_replication_group", "aws_dynamodb_table"

SNIPPETS: list[tuple[str, str, str]] = [
    ("baseline.tf_public_access_block", companion("public_access_block", BLOCKED), BUCKET),
    (
        "baseline.tf_public_access_block",
        companion("public_access_block", BLOCKED),
        companion(
            "public_access_block",
            BLOCKED.replace("block_public_policy = true", "block_public_policy = false"),
        ),
    ),
    ("baseline.tf_bucket_encryption", companion("server_side_encryption_configuration"), BUCKET),
    ("baseline.tf_bucket_versions", companion("versioning"), BUCKET),
    (
        "baseline.tf_bucket_versions",
        companion("versioning", 'versioning_configuration {\n status = "Enabled"\n}'),
        companion("versioning", 'versioning_configuration {\n status = "Suspended"\n}'),
    ),
    ("baseline.tf_bucket_policies", companion("policy"), BUCKET),
    ("gdpr.tf_expiry", companion("lifecycle_configuration"), BUCKET),
    ("baseline.tf_database_encryption", resource(DB, "storage_encrypted = true"), resource(DB, "")),
    (
        "baseline.tf_cache_encryption",
        resource(CACHE, "at_rest_encryption_enabled = true"),
        resource(CACHE, ""),
    ),
    (
        "baseline.tf_cache_transit",
        resource(CACHE, "transit_encryption_enabled = true"),
        resource(CACHE, "transit_encryption_enabled = false"),
    ),
    (
        "baseline.tf_file_encryption",
        resource("aws_efs_file_system", "encrypted = true"),
        resource("aws_efs_file_system", ""),
    ),
    (
        "baseline.tf_search_encryption",
        resource("aws_opensearch_domain", "encrypt_at_rest {\n enabled = true\n}"),
        resource("aws_opensearch_domain", "encrypt_at_rest {\n enabled = false\n}"),
    ),
    (
        "baseline.tf_stream_encryption",
        resource("aws_kinesis_stream", 'encryption_type = "KMS"'),
        resource("aws_kinesis_stream", 'encryption_type = "NONE"'),
    ),
    (
        "baseline.tf_database_backups",
        resource(DB, "backup_retention_period = var.protect ? 35 : 7"),
        resource(DB, "backup_retention_period = 0"),
    ),
    (
        "baseline.tf_table_backups",
        resource(TABLE, "point_in_time_recovery {\n enabled = true\n}"),
        resource(TABLE, ""),
    ),
    ("baseline.tf_cache_backups", resource(CACHE, "snapshot_retention_limit = 7"), resource(CACHE, "")),
    ("baseline.tf_database_protection", resource(DB, "deletion_protection = var.protect"), resource(DB, "")),
    (
        "baseline.tf_table_protection",
        resource(TABLE, "deletion_protection_enabled = true"),
        resource(TABLE, ""),
    ),
    ("baseline.tf_database_reach", resource(DB, ""), resource(DB, "publicly_accessible = true")),
    (
        "baseline.tf_key_rotation",
        resource("aws_kms_key", "enable_key_rotation = true"),
        resource("aws_kms_key", 'description = "data"'),
    ),
    (
        "baseline.tf_key_rotation",
        resource("aws_kms_key", "custom_key_store_id = aws_kms_custom_key_store.this.id\n")
        + resource("aws_kms_key", "enable_key_rotation = true"),
        resource("aws_kms_key", "enable_key_rotation = false"),
    ),
    (
        "baseline.tf_log_retention",
        resource("aws_cloudwatch_log_group", "retention_in_days = var.days"),
        resource("aws_cloudwatch_log_group", ""),
    ),
    ("baseline.tf_ingress", traffic("ingress", NARROW), traffic("ingress", OPEN)),
    (
        "baseline.tf_ingress",
        PUBLIC_BALANCER + traffic("ingress", OPEN_HTTPS),
        PRIVATE_BALANCER + traffic("ingress", OPEN_HTTPS),
    ),
    (
        "baseline.tf_ingress",
        resource("aws_security_group", 'ingress {\n cidr_blocks = ["10.0.0.0/8"]\n}'),
        resource("aws_security_group", 'ingress {\n ipv6_cidr_blocks = ["::/0"]\n}'),
    ),
    (
        "baseline.tf_egress",
        traffic("egress", OPEN_HTTPS),
        resource(
            "aws_security_group_rule",
            'type = "egress"\ncidr_blocks = ["0.0.0.0/0"]\nfrom_port = 0\nto_port = 0',
        ),
    ),
    ("pci_dss.tf_ingress", traffic("ingress", NARROW), traffic("ingress", OPEN)),
    ("pci_dss.tf_no_way_out", traffic("egress", NARROW), traffic("egress", OPEN_HTTPS)),
    ("hipaa.tf_no_way_out", traffic("egress", NARROW), traffic("egress", OPEN_HTTPS)),
    (
        "baseline.tf_wildcard_actions",
        rights('actions = ["s3:GetObject"]\nresources = ["*"]'),
        rights('actions = ["s3:*"]\nresources = ["arn:aws:s3:::a"]'),
    ),
    (
        "baseline.tf_wildcard_actions",
        rights('effect = "Deny"\nactions = ["*"]\nresources = ["*"]'),
        resource(
            "aws_iam_role_policy",
            'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["*"], Resource = "*" }] })',
        ),
    ),
    (
        "baseline.tf_wildcard_resources",
        rights('actions = ["ecr:GetAuthorizationToken"]\nresources = ["*"]'),
        rights('actions = ["s3:PutObject"]\nresources = ["*"]'),
    ),
    (
        "baseline.tf_administrators",
        resource("aws_iam_role_policy_attachment", POLICY_ARN.format("ReadOnlyAccess")),
        resource("aws_iam_role_policy_attachment", POLICY_ARN.format("AdministratorAccess")),
    ),
    (
        "baseline.tf_power_users",
        resource("aws_iam_role_policy_attachment", POLICY_ARN.format("ReadOnlyAccess")),
        resource("aws_iam_role_policy_attachment", POLICY_ARN.format("PowerUserAccess")),
    ),
    (
        "baseline.tf_tags",
        'provider "aws" {\n  default_tags {\n    tags = { owner = "a" }\n  }\n}\n',
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
    ),
    (
        "baseline.tf_balancer_logs",
        resource("aws_lb", 'access_logs {\n bucket = "b"\n enabled = true\n}'),
        resource("aws_lb", ""),
    ),
    (
        "baseline.tf_listeners",
        resource("aws_lb_listener", 'protocol = "HTTPS"\nssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"'),
        resource("aws_lb_listener", 'protocol = "HTTPS"'),
    ),
    (
        "baseline.tf_listeners",
        resource("aws_lb_listener", 'protocol = "HTTP"\ndefault_action {\n type = "redirect"\n}'),
        resource("aws_lb_listener", 'protocol = "HTTP"\ndefault_action {\n type = "forward"\n}'),
    ),
    ("baseline.tf_trail", TRAIL, BUCKET),
    ("baseline.tf_trail", TRAIL, TRAIL.replace("is_multi_region_trail      = true", "")),
    ("hipaa.tf_data_events", TRAIL, TRAIL.replace("data_resource", "other")),
    ("pci_dss.tf_validated_files", TRAIL, TRAIL.replace("validation = true", "validation = false")),
    ("pci_dss.tf_audit_retention", TRAIL, TRAIL.replace("365", "90")),
    (
        "baseline.tf_image_scans",
        resource("aws_ecr_repository", "image_scanning_configuration {\n scan_on_push = true\n}"),
        resource("aws_ecr_repository", ""),
    ),
    (
        "baseline.tf_image_tags",
        resource("aws_ecr_repository", 'image_tag_mutability = "IMMUTABLE"'),
        resource("aws_ecr_repository", 'image_tag_mutability = "MUTABLE"'),
    ),
    ("baseline.tf_budget", resource("aws_budgets_budget", 'budget_type = "COST"'), BUCKET),
    (
        "baseline.tf_secrets",
        resource(DB, "password = random_password.db.result"),
        resource(DB, 'password = "hunter2"'),
    ),
]


class TestEveryResourceRule:
    @pytest.mark.parametrize(("rule", "good", "bad"), SNIPPETS)
    def test_passes_good_and_names_bad_resources(self, rule: str, good: str, bad: str) -> None:
        (passed,) = judged(good_plan(), rule, terraform=terraform_input({"infra/main.tf": good}))
        assert passed.outcome == "pass", passed.evidence
        found = judged(good_plan(), rule, terraform=terraform_input({"infra/main.tf": bad}))
        assert {r.outcome for r in found} == {found[0].severity}
        if found[0].resource:
            assert found[0].file == "infra/main.tf"
            assert found[0].resource in found[0].evidence
            assert f"infra/main.tf:{found[0].line}" in found[0].evidence

    def test_no_rule_is_left_out(self) -> None:
        on_resources = {
            f"{pack.id}.{rule.id}"
            for pack in load_packs().packs
            for rule in pack.rules
            if isinstance(rule.test, rules.Resource | rules.Terraform)
        }
        assert {rule for rule, _, _ in SNIPPETS} == on_resources

    def test_a_companion_in_another_module_does_not_count(self) -> None:
        files = {
            "a/main.tf": BUCKET,
            "b/main.tf": resource("aws_s3_bucket_versioning", "bucket = aws_s3_bucket.a.id"),
        }
        (found,) = judged(good_plan(), "baseline.tf_bucket_versions", terraform=terraform_input(files))
        assert (found.outcome, found.resource, found.line) == ("warn", "a/aws_s3_bucket.a", 1)

    def test_a_companion_of_several_buckets_counts(self) -> None:
        text = BUCKET + resource(
            "aws_s3_bucket_versioning", "for_each = aws_s3_bucket.a\nbucket = each.value.id"
        )
        (found,) = judged(
            good_plan(), "baseline.tf_bucket_versions", terraform=terraform_input({"m.tf": text})
        )
        assert found.outcome == "pass"


class TestReading:
    def test_blocks_carry_module_file_and_line(self) -> None:
        found = terraform_input(
            {"infra/modules/keys/main.tf": "# keys\n\n" + resource("aws_kms_key", 'description = "d"')}
        )
        (block,) = found["resources"]
        assert block == {
            "address": "infra/modules/keys/aws_kms_key.x",
            "module": "infra/modules/keys",
            "type": "aws_kms_key",
            "name": "x",
            "file": "infra/modules/keys/main.tf",
            "line": 3,
            "attributes": {"description": "d"},
        }

    def test_values_are_plain_and_references_stay(self) -> None:
        lines = (
            'a = "x-${var.n}"',
            "b = aws_kms_key.data.arn",
            'c = ["y", var.z]',
            'd = { "k" = 1 }',
            "e = true",
            "f = null",
            'g = "q\\"q"',
        )
        body = "\n".join(lines)
        (block,) = terraform_input({"main.tf": resource("t", body)})["resources"]
        assert block["attributes"] == {
            "a": "x-${var.n}",
            "b": "${aws_kms_key.data.arn}",
            "c": ["y", "${var.z}"],
            "d": {"k": 1},
            "e": True,
            "f": None,
            "g": 'q"q',
        }
        assert block["address"] == "t.x"

    def test_dynamic_blocks_count_as_blocks(self) -> None:
        body = 'dynamic "rule" {\n for_each = var.rules\n content {\n  days = rule.value\n }\n}\nrule {\n days = 1\n}'
        (block,) = terraform_input({"main.tf": resource("t", body)})["resources"]
        assert sorted(str(rule["days"]) for rule in block["attributes"]["rule"]) == ["${rule.value}", "1"]

    def test_other_files_are_passed_over(self) -> None:
        assert terraform_input({"a.py": "x = = 1", "b.tf": ""}) == {
            "resources": [],
            "data": [],
            "providers": [],
        }

    @pytest.mark.parametrize(
        ("text", "line"),
        [('resource "a" "b" {\n  x = = 1\n}\n', 2), ('resource "a" "b" {\n  x = 1\n', 3), ("}", 1)],
    )
    def test_a_broken_file_is_refused_with_file_and_line(self, text: str, line: int) -> None:
        with pytest.raises(TerraformUnreadable) as caught:
            terraform_input({"infra/main.tf": text})
        assert caught.value.message.startswith(f"infra/main.tf:{line}: ")

    def test_a_file_that_nests_without_end_is_refused(self) -> None:
        with pytest.raises(TerraformUnreadable, match=r"deep\.tf"):
            terraform_input({"deep.tf": "a = " + "[" * 20_000})


class TestGeneratedRepository:
    def test_fails_nothing(self) -> None:
        files = {
            str(path.relative_to(GOLDEN)): path.read_text(encoding="utf-8")
            for path in sorted(GOLDEN.rglob("*.tf"))
        }
        paths = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()}
        results = judge(
            good_plan(), load_packs().packs, as_of=AS_OF, terraform=terraform_input(files), repository=paths
        )
        assert [f"{r.rule}: {r.evidence}" for r in results if r.outcome == "fail"] == []
        looked_at = {
            r.rule for r in results if r.rule.split(".")[1].startswith("tf_") and r.outcome == "pass"
        }
        assert {
            "baseline.tf_public_access_block",
            "baseline.tf_ingress",
            "pci_dss.tf_no_way_out",
        } <= looked_at
