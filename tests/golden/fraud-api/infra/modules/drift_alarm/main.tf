# The metrics come from the logs of the containers, in the embedded metric format: src/<package>/monitoring/emf.py.
# Each replica of a service checks its own part of the traffic: more than half of the checks of an hour must agree. A batch
# is checked once: a run that found no new row, or another one within the hour, does not outvote it.
locals {
  statistic = var.batch ? "Maximum" : "Average"
}

resource "aws_cloudwatch_metric_alarm" "drift" {
  alarm_name          = "${var.name}-drift"
  alarm_description   = "${var.says.drift}: see docs/runbooks/${var.says.runbook}."
  namespace           = var.project
  metric_name         = "DriftAlarm"
  dimensions          = { Environment = var.environment }
  statistic           = local.statistic
  period              = 3600
  evaluation_periods  = 1
  threshold           = 0.5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "data_quality" {
  alarm_name          = "${var.name}-data-quality"
  alarm_description   = "${var.says.quality}: see docs/runbooks/${var.says.runbook}."
  namespace           = var.project
  metric_name         = "QualityAlarm"
  dimensions          = { Environment = var.environment }
  statistic           = local.statistic
  period              = 3600
  evaluation_periods  = 1
  threshold           = 0.5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

# Every run that ends well writes the line once, with zeros where no row was new: hours without one are hours without a run.
# Nothing else tells of a run that never began.
resource "aws_cloudwatch_metric_alarm" "late" {
  count               = var.silent_hours != null && var.enable_schedules ? 1 : 0
  alarm_name          = "${var.name}-score-late"
  alarm_description   = "No scoring run ended well for ${var.silent_hours} hours: see docs/runbooks/incident.md."
  namespace           = var.project
  metric_name         = "DriftAlarm"
  dimensions          = { Environment = var.environment }
  statistic           = "SampleCount"
  period              = 3600
  evaluation_periods  = var.silent_hours
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
