resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name          = "${var.name}-valkey-memory"
  alarm_description   = "The cache holds four fifths of what it may: features will be evicted."
  namespace           = "AWS/ElastiCache"
  metric_name         = "BytesUsedForCache"
  dimensions          = { clusterId = aws_elasticache_serverless_cache.this.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = max(1, var.size.max_gb) * 1000000000 * 0.8
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "throttled" {
  alarm_name          = "${var.name}-valkey-throttled"
  alarm_description   = "Commands are refused: the load is more than twice the plan."
  namespace           = "AWS/ElastiCache"
  metric_name         = "ThrottledCmds"
  dimensions          = { clusterId = aws_elasticache_serverless_cache.this.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
