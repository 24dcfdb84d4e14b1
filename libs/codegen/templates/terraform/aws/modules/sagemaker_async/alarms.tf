resource "aws_cloudwatch_metric_alarm" "latency" {
  count               = var.latency_ms_p95 == null ? 0 : local.enabled
  alarm_name          = "${var.name}-latency"
  alarm_description   = "p95 from request to answer is over ${var.latency_ms_p95} ms."
  namespace           = "AWS/SageMaker"
  metric_name         = "TotalProcessingTime"
  dimensions          = { EndpointName = local.endpoint_name }
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
    expression  = "100 * FILL(failed, 0) / requests"
    label       = "Failed requests, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "InvocationsFailed", requests = "InvocationsProcessed" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/SageMaker"
        metric_name = metric_query.value
        dimensions  = { EndpointName = local.endpoint_name }
        stat        = "Sum"
        period      = 60
      }
    }
  }
}
