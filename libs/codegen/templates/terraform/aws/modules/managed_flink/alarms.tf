locals {
  # CloudWatch counts by the minute; nothing shorter can be told from a pause in the stream.
  lag_ms      = max(60000, coalesce(var.latency_ms_p95, 0))
  stream_name = element(split("/", var.stream_arn), 1)

  alarms = {
    down        = { metric = "downtime", says = "The application does not process: its log says why." }
    checkpoints = { metric = "numberOfFailedCheckpoints", says = "State cannot be saved: a restart would begin further back." }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = var.enabled ? local.alarms : {}
  alarm_name          = "${local.application}-${each.key}"
  alarm_description   = each.value.says
  namespace           = "AWS/KinesisAnalytics"
  metric_name         = each.value.metric
  dimensions          = { Application = aws_kinesisanalyticsv2_application.this.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = each.key == "down" ? "breaching" : "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
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
