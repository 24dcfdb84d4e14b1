# Created before the namespace, so that its logs expire.
resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["userlog", "connectionlog", "useractivitylog"])
  name              = "/aws/redshift/${var.name}/${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_cloudwatch_metric_alarm" "usage" {
  alarm_name          = "${var.name}-redshift-usage"
  alarm_description   = "Twice the planned processing hours of the month are used up: see which queries took them."
  namespace           = "AWS/Redshift-Serverless"
  metric_name         = "UsageLimitConsumed"
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 1
  threshold           = aws_redshiftserverless_usage_limit.this.amount
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = {
    UsageLimitId = aws_redshiftserverless_usage_limit.this.id
    UsageType    = "SERVERLESS_COMPUTE"
    Workgroup    = aws_redshiftserverless_workgroup.this.workgroup_name
  }
}

# Counted apart for each type of query: the longest of these queues counts.
resource "aws_cloudwatch_metric_alarm" "queued" {
  alarm_name          = "${var.name}-redshift-queued"
  alarm_description   = "Queries wait for capacity: raise the base or spread the loads."
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "queued"
    label       = "Queries that wait"
    period      = 300
    return_data = true
    expression = join(" ", [
      "SELECT MAX(QueriesQueued) FROM SCHEMA(\"AWS/Redshift-Serverless\", QueryType, Workgroup)",
      "WHERE Workgroup = '${aws_redshiftserverless_workgroup.this.workgroup_name}'",
    ])
  }
}
