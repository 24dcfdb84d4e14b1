locals {
  on_demand = var.size.mode == "on_demand"
}

resource "aws_kinesis_stream" "this" {
  name             = "${var.name}-events"
  retention_period = var.size.retention_hours
  shard_count      = local.on_demand ? null : var.size.shards
  encryption_type  = "KMS"
  kms_key_id       = var.kms_key_arn == null ? "alias/aws/kinesis" : var.kms_key_arn

  stream_mode_details {
    stream_mode = local.on_demand ? "ON_DEMAND" : "PROVISIONED"
  }
}

module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.landing_retention_days
  expiring       = var.expiring
  eventbridge    = true
  force_destroy  = var.force_destroy
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  alarm_name          = "${var.name}-stream-lag"
  alarm_description   = "Events wait longer than half the stream's retention: delivery to the landing bucket is stuck."
  namespace           = "AWS/Firehose"
  metric_name         = "KinesisMillisBehindLatest"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.landing.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = var.size.retention_hours * 3600 * 1000 / 2
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "unreadable" {
  alarm_name          = "${var.name}-stream-unreadable"
  alarm_description   = "Events do not fit the agreed columns: they lie below errors/, where no job reads them."
  namespace           = "AWS/Firehose"
  metric_name         = "FailedConversion.Records"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.landing.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
