data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  # Domains take 28 characters.
  short_name = length(var.name) <= 28 ? var.name : "${substr(var.name, 0, 19)}-${substr(sha1(var.name), 0, 8)}"
  domain_arn = "arn:${data.aws_partition.current.partition}:es:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:domain/${local.short_name}"
  several    = var.size.nodes > 1
  # As many nodes in each zone: two zones take even numbers only, three zones any from three on.
  three = length(var.subnet_ids) >= 3 && (var.size.nodes % 3 == 0 || var.size.nodes % 2 == 1)
  zones = local.three ? 3 : 2
}

resource "aws_opensearch_domain" "this" {
  #checkov:skip=CKV_AWS_318:Dedicated masters follow the plan: data nodes elect one among themselves up to the planned size.
  #checkov:skip=CKV2_AWS_59:Dedicated masters follow the plan: data nodes elect one among themselves up to the planned size.
  domain_name    = local.short_name
  engine_version = "OpenSearch_2.19"

  cluster_config {
    instance_type          = var.size.node_type
    instance_count         = var.size.nodes
    zone_awareness_enabled = local.several

    dynamic "zone_awareness_config" {
      for_each = local.several ? [local.zones] : []

      content {
        availability_zone_count = zone_awareness_config.value
      }
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = max(10, ceil(var.size.storage_gb / var.size.nodes))
  }

  vpc_options {
    subnet_ids         = slice(var.subnet_ids, 0, local.several ? local.zones : 1)
    security_group_ids = [aws_security_group.this.id]
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.kms_key_arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  # Requests are signed, and the domain has roles besides those of IAM. Indexing is its master: nobody else writes, and each run of it
  # lets the readers in (`stores/opensearch.py`).
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false

    master_user_options {
      master_user_arn = var.writer_role_arn
    }
  }

  access_policies = data.aws_iam_policy_document.domain.json

  log_publishing_options {
    enabled                  = true
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.this["AUDIT_LOGS"].arn
  }

  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.this["ES_APPLICATION_LOGS"].arn
  }

  log_publishing_options {
    log_type                 = "INDEX_SLOW_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.this["INDEX_SLOW_LOGS"].arn
  }

  log_publishing_options {
    log_type                 = "SEARCH_SLOW_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.this["SEARCH_SLOW_LOGS"].arn
  }

  depends_on = [aws_cloudwatch_log_resource_policy.this]
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-opensearch-"
  description = "OpenSearch of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "HTTPS from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
