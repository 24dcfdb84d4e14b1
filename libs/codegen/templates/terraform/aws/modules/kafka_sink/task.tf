resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = local.task_vcpu * 1024
  memory                   = local.task_vcpu * 4096
  execution_role_arn       = aws_iam_role.this["exec"].arn
  task_role_arn            = aws_iam_role.this["task"].arn

  volume {
    name = "work"
  }

  container_definitions = jsonencode([{
    name                   = "connect"
    image                  = var.image
    entryPoint             = ["sh", "-c", local.start]
    essential              = true
    stopTimeout            = 120
    readonlyRootFilesystem = true
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
    environment = [
      for name, value in merge(local.properties, {
        BOOTSTRAP_SERVERS = var.bootstrap_servers
        TOPIC             = local.topic
        PARTITIONS        = tostring(var.partitions)
        COPIES            = tostring(var.copies)
        RETENTION_MS      = tostring(var.retention_hours * 3600000)
        LOG_DIR           = "/tmp"
      }) : { name = name, value = value }
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = "connect"
      }
    }
  }])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  alarm_name          = "${var.name}-lag"
  alarm_description   = "Events wait longer than half the topic's retention: delivery to the landing bucket is stuck."
  namespace           = "AWS/Kafka"
  metric_name         = "EstimatedMaxTimeLag"
  dimensions          = { "Cluster Name" = var.kafka_name, "Consumer Group" = "connect-landing", Topic = local.topic }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = var.retention_hours * 3600 / 2
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
