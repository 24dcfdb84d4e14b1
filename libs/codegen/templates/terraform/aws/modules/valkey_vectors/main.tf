resource "aws_elasticache_replication_group" "this" {
  #checkov:skip=CKV2_AWS_50:A standby follows the plan: zones are spread as soon as there are two nodes a shard.
  replication_group_id    = var.name
  description             = "Passages of ${var.name}"
  engine                  = "valkey"
  engine_version          = "8.2"
  node_type               = var.size.node_type
  num_node_groups         = var.size.shards
  replicas_per_node_group = local.replicas
  multi_az_enabled        = local.replicas > 0

  # The code speaks the protocol of a cluster, also to a single shard; a cluster asks for failover in any size.
  parameter_group_name       = "default.valkey8.cluster.on"
  automatic_failover_enabled = true
  port                       = 6379

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]
  user_group_ids     = [aws_elasticache_user_group.this.user_group_id]

  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn

  snapshot_retention_limit  = 7
  final_snapshot_identifier = var.protect ? "${var.name}-final" : null
  apply_immediately         = !var.protect
}

locals {
  replicas = max(0, floor(var.size.nodes / var.size.shards) - 1)
}

# The client of a cluster asks where the slots are before anything else; no category that it needs holds that command.
# `-@all` is what the service adds by itself: without it every plan would show a change.
resource "aws_elasticache_user" "service" {
  user_id       = var.name
  user_name     = var.name
  engine        = "valkey"
  access_string = "on ~passage:* -@all +@read +@write +@connection +@search +cluster|slots"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = var.name
  engine        = "valkey"
  user_ids      = [aws_elasticache_user.service.user_id]
}

resource "aws_elasticache_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-valkey-"
  description = "Valkey of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "Valkey from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name          = "${var.name}-valkey-memory"
  alarm_description   = "The shards are nearly full: soon no passage can be indexed."
  namespace           = "AWS/ElastiCache"
  metric_name         = "DatabaseMemoryUsageCountedForEvictPercentage"
  dimensions          = { ReplicationGroupId = aws_elasticache_replication_group.this.id }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions = ["elasticache:Connect"]
    resources = [
      aws_elasticache_replication_group.this.arn,
      aws_elasticache_user.service.arn,
    ]
  }
}
