resource "aws_cloudwatch_metric_alarm" "lag" {
  count               = var.enable_endpoint ? 1 : 0
  alarm_name          = "${var.name}-serve-lag"
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

locals {
  # CloudWatch counts by the minute; nothing shorter can be told from a pause in the stream.
  lag_ms = max(60000, coalesce(var.latency_ms_p95, 0))
}

resource "aws_cloudwatch_metric_alarm" "tasks" {
  count               = var.enable_endpoint ? 1 : 0
  alarm_name          = "${var.name}-serve-tasks"
  alarm_description   = "Fewer than ${var.size.min_tasks} tasks read the stream."
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = var.cluster_name, ServiceName = aws_ecs_service.this[0].name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = var.size.min_tasks
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
