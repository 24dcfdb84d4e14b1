data "aws_caller_identity" "current" {}

locals {
  # Collections take 32 characters.
  short_name = length(var.name) <= 32 ? var.name : "${substr(var.name, 0, 23)}-${substr(sha1(var.name), 0, 8)}"
}

resource "aws_opensearchserverless_collection" "this" {
  name             = local.short_name
  description      = "Passages of ${var.name}"
  type             = "VECTORSEARCH"
  standby_replicas = var.standby ? "ENABLED" : "DISABLED"

  depends_on = [aws_opensearchserverless_security_policy.encryption, aws_opensearchserverless_security_policy.network]
}

resource "aws_opensearchserverless_security_policy" "encryption" {
  name        = local.short_name
  type        = "encryption"
  description = "Encryption of ${var.name}"

  policy = jsonencode(merge(
    { Rules = [{ ResourceType = "collection", Resource = ["collection/${local.short_name}"] }] },
    var.kms_key_arn == null ? { AWSOwnedKey = true } : {},
    var.kms_key_arn == null ? {} : { KmsARN = var.kms_key_arn },
  ))
}

# Reached from the VPC alone, through an endpoint of the service's own.
resource "aws_opensearchserverless_security_policy" "network" {
  name        = local.short_name
  type        = "network"
  description = "Network of ${var.name}"

  policy = jsonencode([{
    AllowFromPublic = false
    SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.this.id]
    Rules           = [{ ResourceType = "collection", Resource = ["collection/${local.short_name}"] }]
  }])
}

resource "aws_opensearchserverless_vpc_endpoint" "this" {
  name               = local.short_name
  vpc_id             = var.vpc_id
  subnet_ids         = var.subnet_ids
  security_group_ids = [aws_security_group.this.id]
}

# Who may do what with the passages: the service takes roles by name here, not the account as a whole.
resource "aws_opensearchserverless_access_policy" "this" {
  name        = local.short_name
  type        = "data"
  description = "Passages of ${var.name}"

  policy = jsonencode([
    {
      Principal = [var.writer_role_arn]
      Rules = [{
        ResourceType = "index"
        Resource     = ["index/${local.short_name}/passages*"]
        Permission   = ["aoss:CreateIndex", "aoss:DeleteIndex", "aoss:DescribeIndex", "aoss:ReadDocument", "aoss:UpdateIndex", "aoss:WriteDocument"]
      }]
    },
    {
      Principal = var.reader_role_arns
      Rules = [{
        ResourceType = "index"
        Resource     = ["index/${local.short_name}/passages*"]
        Permission   = ["aoss:DescribeIndex", "aoss:ReadDocument"]
      }]
    },
  ])
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-aoss-"
  description = "OpenSearch Serverless of ${var.name}"
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

# The one right of IAM there is; reading and writing are told apart by the access policy of the collection.
data "aws_iam_policy_document" "use" {
  statement {
    actions   = ["aoss:APIAccessAll"]
    resources = [aws_opensearchserverless_collection.this.arn]
  }
}

resource "aws_cloudwatch_metric_alarm" "units" {
  alarm_name          = "${var.name}-aoss-units"
  alarm_description   = "Searches use more units than planned: the bill grows with them."
  namespace           = "AWS/AOSS"
  metric_name         = "SearchOCU"
  dimensions          = { ClientId = data.aws_caller_identity.current.account_id }
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 3
  threshold           = max(1, ceil(var.planned_search_units * 1.5))
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
