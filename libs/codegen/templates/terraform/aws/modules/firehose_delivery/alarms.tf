resource "aws_cloudwatch_log_group" "delivery" {
  name              = "/firehose/${var.name}-events"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Firehose writes to a stream that is there; it makes none.
resource "aws_cloudwatch_log_stream" "delivery" {
  name           = "landing"
  log_group_name = aws_cloudwatch_log_group.delivery.name
}

resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_name          = "${var.name}-delivery-late"
  alarm_description   = "The oldest event waits far longer than the buffer: delivery to the landing bucket is stuck."
  namespace           = "AWS/Firehose"
  metric_name         = "DeliveryToS3.DataFreshness"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.this.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = var.size.buffer_seconds * 4
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  alarm_name          = "${var.name}-delivery-refused"
  alarm_description   = "Senders put more than the stream takes: slow them down or raise its quota."
  namespace           = "AWS/Firehose"
  metric_name         = "ThrottledRecords"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.this.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "unreadable" {
  alarm_name          = "${var.name}-delivery-unreadable"
  alarm_description   = "Events do not fit the agreed columns: they lie below errors/, where no job reads them."
  namespace           = "AWS/Firehose"
  metric_name         = "FailedConversion.Records"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.this.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
