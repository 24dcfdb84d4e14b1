locals {
  # CloudWatch counts by the minute; nothing shorter can be told from a pause in the stream.
  lag_ms      = max(60000, coalesce(var.latency_ms_p95, 0))
  stream_name = element(split("/", var.stream_arn), 1)
}

resource "aws_cloudwatch_metric_alarm" "down" {
  count               = var.enabled ? 1 : 0
  alarm_name          = "${local.application}-down"
  alarm_description   = "The application does not process: its log says why."
  namespace           = "AWS/KinesisAnalytics"
  metric_name         = "downtime"
  dimensions          = { Application = aws_kinesisanalyticsv2_application.this.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}

# Flink counts failed checkpoints since the application started: one that failed long ago is no news.
resource "aws_cloudwatch_metric_alarm" "checkpoints" {
  count               = var.enabled ? 1 : 0
  alarm_name          = "${local.application}-checkpoints"
  alarm_description   = "State cannot be saved: a restart would begin further back."
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "new"
    expression  = "DIFF(failed)"
    label       = "Checkpoints that failed in a minute"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      namespace   = "AWS/KinesisAnalytics"
      metric_name = "numberOfFailedCheckpoints"
      dimensions  = { Application = aws_kinesisanalyticsv2_application.this.name }
      stat        = "Maximum"
      period      = 60
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  count               = var.enabled ? 1 : 0
  alarm_name          = "${local.application}-lag"
  alarm_description   = "Events wait longer than ${local.lag_ms / 1000} s in the stream before they are read."
  namespace           = "AWS/Kinesis"
  metric_name         = "GetRecords.IteratorAgeMilliseconds"
  dimensions          = { StreamName = local.stream_name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = local.lag_ms
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
