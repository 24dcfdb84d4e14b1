resource "aws_cloudwatch_metric_alarm" "latency" {
  count               = var.latency_ms_p95 == null ? 0 : local.enabled
  alarm_name          = "${var.name}-latency"
  alarm_description   = "p95 of the response time is over ${var.latency_ms_p95} ms."
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  dimensions          = { ApiId = aws_apigatewayv2_api.this.id }
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
    for_each = { failed = "5xx", requests = "Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        dimensions  = { ApiId = aws_apigatewayv2_api.this.id }
        stat        = "Sum"
        period      = 60
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  count               = local.enabled
  alarm_name          = "${var.name}-throttles"
  alarm_description   = "Calls are refused: the reserved concurrency of ${var.size.reserved_concurrency} is used up."
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = aws_lambda_function.this[0].function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

# The gateway publishes no number of its own of what it refuses: 4xx also counts what callers do wrong. Its log tells them apart.
resource "aws_cloudwatch_log_metric_filter" "refused" {
  count          = local.enabled
  name           = "${var.name}-refused"
  log_group_name = aws_cloudwatch_log_group.this["api"].name
  pattern        = "{ $.status = \"429\" }"

  metric_transformation {
    name      = "RefusedRequests"
    namespace = var.name
    value     = "1"
    unit      = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  count               = local.enabled
  alarm_name          = "${var.name}-refused"
  alarm_description   = "The gateway refuses requests: more than ${local.most_rps} a second."
  namespace           = aws_cloudwatch_log_metric_filter.refused[0].metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.refused[0].metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
