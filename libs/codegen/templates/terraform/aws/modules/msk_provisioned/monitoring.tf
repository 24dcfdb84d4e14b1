resource "aws_cloudwatch_log_group" "this" {
  name              = "/kafka/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

locals {
  alarms = {
    disk    = { metric = "KafkaDataLogsDiskUsed", statistic = "Maximum", above = 80, says = "A broker's disk is four fifths full: shorten the retention or enlarge the disks." }
    cpu     = { metric = "CpuUser", statistic = "Average", above = 60, says = "A broker is busy: Kafka wants room for the loss of another one." }
    offline = { metric = "OfflinePartitionsCount", statistic = "Maximum", above = 0, says = "Partitions have no leader: they take no events." }
  }

  # Disks and processors are measured for each broker, the cluster once.
  watched = merge(
    { offline = merge(local.alarms.offline, { broker = null }) },
    merge([
      for name in ["disk", "cpu"] : {
        for broker in range(1, local.brokers + 1) : "${name}-${broker}" => merge(local.alarms[name], { broker = broker })
      }
    ]...),
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.watched
  alarm_name          = "${var.name}-kafka-${each.key}"
  alarm_description   = each.value.says
  namespace           = "AWS/Kafka"
  metric_name         = each.value.metric
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = 3
  threshold           = each.value.above
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = merge(
    { "Cluster Name" = aws_msk_cluster.this.cluster_name },
    each.value.broker == null ? {} : { "Broker ID" = tostring(each.value.broker) },
  )
}
