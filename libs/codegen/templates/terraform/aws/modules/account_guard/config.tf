locals {
  # Managed rules of AWS Config for what this repository makes.
  rules = {
    buckets-encrypted   = "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED"
    buckets-private     = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"
    buckets-tls         = "S3_BUCKET_SSL_REQUESTS_ONLY"
    buckets-versioned   = "S3_BUCKET_VERSIONING_ENABLED"
    databases-encrypted = "RDS_STORAGE_ENCRYPTED"
    databases-private   = "RDS_INSTANCE_PUBLIC_ACCESS_CHECK"
    default-group-shut  = "VPC_DEFAULT_SECURITY_GROUP_CLOSED"
    flow-logs           = "VPC_FLOW_LOGS_ENABLED"
    keys-not-deleted    = "KMS_CMK_NOT_SCHEDULED_FOR_DELETION"
    trail               = "CLOUD_TRAIL_ENABLED"
  }
}

resource "aws_config_configuration_recorder" "this" {
  count    = var.enabled ? 1 : 0
  name     = var.name
  role_arn = aws_iam_role.config[0].arn

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "this" {
  count          = var.enabled ? 1 : 0
  name           = var.name
  s3_bucket_name = var.bucket
  s3_key_prefix  = "config"

  depends_on = [aws_config_configuration_recorder.this]
}

resource "aws_config_configuration_recorder_status" "this" {
  count      = var.enabled ? 1 : 0
  name       = aws_config_configuration_recorder.this[0].name
  is_enabled = true

  depends_on = [aws_config_delivery_channel.this]
}

resource "aws_config_config_rule" "this" {
  for_each = { for name, identifier in local.rules : name => identifier if var.enabled }
  name     = "${var.name}-${each.key}"

  source {
    owner             = "AWS"
    source_identifier = each.value
  }

  depends_on = [aws_config_configuration_recorder.this]
}

resource "aws_cloudwatch_event_rule" "broken" {
  count       = var.enabled ? 1 : 0
  name        = "${var.name}-rule-broken"
  description = "A resource broke a rule of AWS Config"

  event_pattern = jsonencode({
    source        = ["aws.config"]
    "detail-type" = ["Config Rules Compliance Change"]
    detail = {
      configRuleName      = [{ prefix = var.name }]
      newEvaluationResult = { complianceType = ["NON_COMPLIANT"] }
    }
  })
}

resource "aws_cloudwatch_event_target" "broken" {
  count = var.enabled ? 1 : 0
  rule  = aws_cloudwatch_event_rule.broken[0].name
  arn   = var.alarm_topic_arn
}

resource "aws_iam_role" "config" {
  count              = var.enabled ? 1 : 0
  name               = "${var.name}-config"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "config" {
  count      = var.enabled ? 1 : 0
  role       = aws_iam_role.config[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWS_ConfigRole"
}

resource "aws_iam_role_policy" "config" {
  count  = var.enabled ? 1 : 0
  role   = aws_iam_role.config[0].id
  policy = data.aws_iam_policy_document.deliver.json
}

data "aws_iam_policy_document" "deliver" {
  source_policy_documents = [var.bucket_policy]
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["config.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}
