locals {
  alarms     = var.enabled ? 1 : 0
  dimensions = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.this.arn_suffix }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  count               = var.latency_ms_p95 == null ? 0 : local.alarms
  alarm_name          = "${var.name}-latency"
  alarm_description   = "p95 of the response time is over ${var.latency_ms_p95} ms."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = local.dimensions
  extended_statistic  = "p95"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = var.latency_ms_p95 / 1000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count               = local.alarms
  alarm_name          = "${var.name}-errors"
  alarm_description   = "More requests fail than an availability of ${var.availability_pct} % allows."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 100 - var.availability_pct
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  # RequestCount has only what a target was chosen for: a balancer without one counts its 503 alone. Minutes without
  # either are 0 / 0, which is no value.
  metric_query {
    id          = "pct"
    expression  = "100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))"
    label       = "Failed requests, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = {
      target   = "HTTPCode_Target_5XX_Count"
      balancer = "HTTPCode_ELB_5XX_Count"
      requests = "RequestCount"
    }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = aws_lb.this.arn_suffix }
        stat        = "Sum"
        period      = 60
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "healthy" {
  count               = local.alarms
  alarm_name          = "${var.name}-healthy-tasks"
  alarm_description   = "Fewer than ${var.min_targets} targets answer the readiness check."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = local.dimensions
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = var.min_targets
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "unreachable" {
  count               = local.alarms
  alarm_name          = "${var.name}-no-healthy-task"
  alarm_description   = "No target answers the readiness check: nothing is served here."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = local.dimensions
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
