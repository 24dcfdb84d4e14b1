resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"])
  name              = "/opensearch/${local.short_name}/${lower(each.value)}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_cloudwatch_log_resource_policy" "this" {
  policy_name     = "${var.name}-opensearch"
  policy_document = data.aws_iam_policy_document.logs.json
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [for group in aws_cloudwatch_log_group.this : "${group.arn}:*"]

    principals {
      type        = "Service"
      identifiers = ["es.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

locals {
  alarms = {
    red    = { metric = "ClusterStatus.red", threshold = 0, says = "A primary shard is lost: some passages cannot be found." }
    memory = { metric = "KNNGraphMemoryUsagePercentage", threshold = 90, says = "The graph hardly fits in memory: searches will become slow." }
    heap   = { metric = "JVMMemoryPressure", threshold = 85, says = "The heap of a node is nearly full." }
    cpu    = { metric = "CPUUtilization", threshold = 85, says = "The nodes are busy." }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-opensearch-${each.key}"
  alarm_description   = each.value.says
  namespace           = "AWS/ES"
  metric_name         = each.value.metric
  dimensions          = { DomainName = local.short_name, ClientId = data.aws_caller_identity.current.account_id }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "storage" {
  alarm_name          = "${var.name}-opensearch-storage"
  alarm_description   = "Less than a fifth of a node's disk is free: soon nothing can be indexed."
  namespace           = "AWS/ES"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DomainName = local.short_name, ClientId = data.aws_caller_identity.current.account_id }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  threshold           = max(10, ceil(var.size.storage_gb / var.size.nodes)) * 1024 / 5
  comparison_operator = "LessThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
}
