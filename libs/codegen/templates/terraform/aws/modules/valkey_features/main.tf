resource "aws_elasticache_replication_group" "this" {
  #checkov:skip=CKV2_AWS_50:A standby follows the plan: failover is on as soon as there are two nodes.
  replication_group_id       = var.name
  description                = "Online features of ${var.name}"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.size.node_type
  num_cache_clusters         = var.size.nodes
  automatic_failover_enabled = var.size.nodes > 1
  multi_az_enabled           = var.size.nodes > 1
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

# `-@all` is what the service adds by itself: without it every plan would show a change.
resource "aws_elasticache_user" "service" {
  user_id       = var.name
  user_name     = var.name
  engine        = "valkey"
  access_string = "on ~features:* -@all +@read +@write +@connection"

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
  alarm_description   = "A node is nearly full: features will be evicted."
  evaluation_periods  = 3
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "fullest"
    expression  = "MAX(METRICS())"
    label       = "Memory in use of the fullest node, %"
    return_data = true
  }

  # ElastiCache numbers the nodes of a group from 001.
  dynamic "metric_query" {
    for_each = range(1, var.size.nodes + 1)

    content {
      id = "node${metric_query.value}"

      metric {
        namespace   = "AWS/ElastiCache"
        metric_name = "DatabaseMemoryUsagePercentage"
        dimensions  = { CacheClusterId = format("%s-%03d", aws_elasticache_replication_group.this.id, metric_query.value) }
        stat        = "Maximum"
        period      = 300
      }
    }
  }
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
