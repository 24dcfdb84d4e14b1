locals {
  lags = {
    source = { metric = "CDCLatencySource", says = "Changes are read late: the source is busy, or its log is not kept long enough." }
    target = { metric = "CDCLatencyTarget", says = "Changes are written late: more capacity units, or tables without a key." }
  }
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  for_each            = { for name, lag in local.lags : name => lag if local.enabled }
  alarm_name          = "${var.name}-dms-${each.key}-lag"
  alarm_description   = each.value.says
  namespace           = "AWS/DMS"
  metric_name         = each.value.metric
  dimensions          = { ReplicationConfigIdentifier = "${var.name}-landing" }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 3600
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_event_rule" "failed" {
  count       = local.enabled ? 1 : 0
  name        = "${var.name}-dms-failed"
  description = "The replication failed or stopped"
  event_pattern = jsonencode({
    source        = ["aws.dms"]
    "detail-type" = ["DMS Replication State Change"]
    resources     = [{ "equals-ignore-case" = aws_dms_replication_config.this[0].arn }]
    detail        = { category = ["Failure", "StateChange"], eventType = [{ suffix = "FAILED" }, { suffix = "STOPPED" }] }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  count = local.enabled ? 1 : 0
  rule  = aws_cloudwatch_event_rule.failed[0].name
  arn   = var.alarm_topic_arn
}
