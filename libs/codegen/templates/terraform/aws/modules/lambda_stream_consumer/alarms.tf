locals {
  # CloudWatch counts by the minute; nothing shorter can be told from a pause in the stream.
  lag_ms = max(60000, coalesce(var.latency_ms_p95, 0))

  alarms = {
    lag       = { metric = "IteratorAge", stat = "Maximum", over = local.lag_ms, says = "Events wait longer than ${local.lag_ms / 1000} s before they are scored." }
    errors    = { metric = "Errors", stat = "Sum", over = 0, says = "Batches fail: they are tried again, then their events go to the dead letters." }
    throttled = { metric = "Throttles", stat = "Sum", over = 0, says = "Batches are refused: the reserved concurrency of ${var.size.reserved_concurrency} is used up." }
    lost      = { metric = "DestinationDeliveryFailures", stat = "Sum", over = 0, says = "Events that failed could not be written to the dead letters." }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = var.enable_endpoint ? local.alarms : {}
  alarm_name          = "${var.name}-serve-${each.key}"
  alarm_description   = each.value.says
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = aws_lambda_function.this[0].function_name }
  statistic           = each.value.stat
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = each.value.over
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
