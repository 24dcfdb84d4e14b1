data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  enabled = var.enabled ? 1 : 0
  here    = "arn:${data.aws_partition.current.partition}"
  account = data.aws_caller_identity.current.account_id
  place   = "${data.aws_region.current.region}:${local.account}"

  # What Datadog takes in, and where its web pages are.
  intakes = {
    metrics = "https://awsmetrics-intake.${var.site}/v1/input"
    logs    = "https://aws-kinesis-http-intake.logs.${var.site}/v1/input"
  }
  pages = contains(["datadoghq.com", "datadoghq.eu"], var.site) ? "https://app.${var.site}" : "https://${var.site}"
}

# Filled by hand: {"api_key": "…"}. Firehose reads it, so that the key is in no state and no configuration.
resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:The key is issued by another company, which a rotation function of this account cannot ask for a new one.
  name                    = "${var.name}/datadog"
  description             = "API key of ${var.name} at Datadog"
  kms_key_id              = var.secret_key_arn
  recovery_window_in_days = var.protect ? 30 : 7
}

resource "aws_kinesis_firehose_delivery_stream" "this" {
  for_each    = var.enabled ? local.intakes : {}
  name        = "${var.name}-datadog-${each.key}"
  destination = "http_endpoint"

  server_side_encryption {
    enabled  = true
    key_type = var.kms_key_arn == null ? "AWS_OWNED_CMK" : "CUSTOMER_MANAGED_CMK"
    key_arn  = var.kms_key_arn
  }

  http_endpoint_configuration {
    name               = "Datadog ${each.key}"
    url                = each.value
    role_arn           = aws_iam_role.delivery.arn
    buffering_size     = each.key == "logs" ? 2 : 4
    buffering_interval = 60
    retry_duration     = 300
    s3_backup_mode     = "FailedDataOnly"

    request_configuration {
      content_encoding = "GZIP"

      common_attributes {
        name  = "env"
        value = var.name
      }
    }

    secrets_manager_configuration {
      enabled    = true
      secret_arn = aws_secretsmanager_secret.this.arn
      role_arn   = aws_iam_role.delivery.arn
    }

    s3_configuration {
      bucket_arn          = module.undelivered.arn
      role_arn            = aws_iam_role.delivery.arn
      prefix              = "${each.key}/"
      error_output_prefix = "errors/${each.key}/!{firehose:error-output-type}/"
      compression_format  = "GZIP"
      kms_key_arn         = var.kms_key_arn
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.this.name
      log_stream_name = aws_cloudwatch_log_stream.this[each.key].name
    }
  }

  depends_on = [aws_iam_role_policy.delivery]
}

# What Datadog did not take; looked at when the alarm goes off, and gone after two weeks.
module "undelivered" {
  source         = "../bucket"
  name           = "${var.name}-datadog-${data.aws_caller_identity.current.account_id}"
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = 14
  force_destroy  = !var.protect
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/firehose/${var.name}-datadog"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Firehose writes to a stream that is there; it makes none.
resource "aws_cloudwatch_log_stream" "this" {
  for_each       = local.intakes
  name           = each.key
  log_group_name = aws_cloudwatch_log_group.this.name
}

resource "aws_cloudwatch_metric_alarm" "delivery" {
  for_each            = aws_kinesis_firehose_delivery_stream.this
  alarm_name          = each.value.name
  alarm_description   = "Datadog does not take the ${each.key}: look into ${aws_cloudwatch_log_group.this.name}."
  namespace           = "AWS/Firehose"
  metric_name         = "DeliveryToHttpEndpoint.Success"
  dimensions          = { DeliveryStreamName = each.value.name }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
