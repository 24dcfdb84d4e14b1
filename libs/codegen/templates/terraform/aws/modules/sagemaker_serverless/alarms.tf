locals {
  dimensions = { EndpointName = local.endpoint_name, VariantName = "live" }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  count               = var.latency_ms_p95 == null ? 0 : local.enabled
  alarm_name          = "${var.name}-latency"
  alarm_description   = "p95 of the model's response time is over ${var.latency_ms_p95} ms."
  namespace           = "AWS/SageMaker"
  metric_name         = "ModelLatency"
  dimensions          = local.dimensions
  extended_statistic  = "p95"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = var.latency_ms_p95 * 1000
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
    for_each = { failed = "Invocation5XXErrors", requests = "Invocations" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/SageMaker"
        metric_name = metric_query.value
        dimensions  = local.dimensions
        stat        = "Sum"
        period      = 60
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "full" {
  count               = local.enabled
  alarm_name          = "${var.name}-throttles"
  alarm_description   = "Nearly all of the ${var.size.max_concurrency} requests at once are in use: the next are refused."
  namespace           = "AWS/SageMaker"
  metric_name         = "ServerlessConcurrentExecutionsUtilization"
  dimensions          = local.dimensions
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0.9
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
