# What became of a request is counted for each variant; the queue before it, for the endpoint.
locals {
  dimensions = { EndpointName = local.endpoint_name, VariantName = "live" }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  count               = var.latency_ms_p95 == null ? 0 : local.enabled
  alarm_name          = "${var.name}-latency"
  alarm_description   = "p95 from request to answer is over ${var.latency_ms_p95} ms."
  namespace           = "AWS/SageMaker"
  metric_name         = "TotalProcessingTime"
  dimensions          = local.dimensions
  extended_statistic  = "p95"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  threshold           = var.latency_ms_p95
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

# Exists before the endpoint, which rolls back on it.
resource "aws_cloudwatch_metric_alarm" "failed" {
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
    expression  = "100 * failed / MAX([FILL(requests, 0), failed])"
    label       = "Failed requests, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "InvocationFailures", requests = "InvocationsProcessed" }

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
