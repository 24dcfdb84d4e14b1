locals {
  dimensions = {
    ServiceName = local.short_name
    ServiceID   = one(aws_apprunner_service.this[*].service_id)
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  count               = var.latency_ms_p95 == null ? 0 : local.enabled
  alarm_name          = "${var.name}-latency"
  alarm_description   = "p95 of the response time is over ${var.latency_ms_p95} ms."
  namespace           = "AWS/AppRunner"
  metric_name         = "RequestLatency"
  dimensions          = local.dimensions
  extended_statistic  = "p95"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = var.latency_ms_p95
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count               = local.enabled
  alarm_name          = "${var.name}-errors"
  alarm_description   = "More requests fail than an availability of ${var.availability_pct} % allows."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 100 - var.availability_pct
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "pct"
    expression  = "100 * FILL(failed, 0) / requests"
    label       = "Failed requests, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "5xxStatusResponses", requests = "Requests" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/AppRunner"
        metric_name = metric_query.value
        dimensions  = local.dimensions
        stat        = "Sum"
        period      = 60
      }
    }
  }
}
