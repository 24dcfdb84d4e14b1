data "aws_region" "current" {}

locals {
  full_name = "${var.name}-observe"
  enabled   = var.certificate_arn != "" && !contains(values(var.image_tags), "")
  hosts = {
    grafana    = { port = 3000, health_path = "/api/health" }
    prometheus = { port = 9090, health_path = "/-/healthy", paths = ["/api/v1/write"] }
  }
}

# One writer for the samples: the old task stops before the new one starts.
resource "aws_ecs_service" "this" {
  count                              = local.enabled ? 1 : 0
  name                               = local.full_name
  cluster                            = var.cluster_arn
  task_definition                    = aws_ecs_task_definition.this.arn
  launch_type                        = "FARGATE"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100
  propagate_tags                     = "SERVICE"
  health_check_grace_period_seconds  = 300

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id, aws_security_group.this.id]
  }

  dynamic "load_balancer" {
    for_each = local.hosts

    content {
      target_group_arn = module.gateway.target_group_arns[load_balancer.key]
      container_name   = load_balancer.key
      container_port   = load_balancer.value.port
    }
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  depends_on = [module.gateway]
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.full_name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.vcpu * 1024
  memory                   = var.size.memory_gb * 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  volume {
    name = "data"

    efs_volume_configuration {
      file_system_id     = module.files.volume.file_system_id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = module.files.volume.access_point_id
        iam             = "ENABLED"
      }
    }
  }

  container_definitions = jsonencode([local.prometheus, local.alertmanager, local.grafana])
}

module "gateway" {
  source                 = "../internal_gateway"
  name                   = local.full_name
  domain                 = var.domain
  certificate_arn        = var.certificate_arn
  hosts                  = local.hosts
  client_cidrs           = var.client_cidrs
  task_security_group_id = aws_security_group.this.id
  vpc_id                 = var.vpc_id
  subnet_ids             = var.subnet_ids
  log_bucket             = var.log_bucket
  protect                = var.protect
}

module "files" {
  source                 = "../task_files"
  name                   = local.full_name
  subnet_ids             = var.subnet_ids
  task_security_group_id = aws_security_group.this.id
  task_role_arn          = aws_iam_role.task.arn
  kms_key_arn            = var.kms_key_arn
}

resource "aws_security_group" "this" {
  name_prefix = "${local.full_name}-task-"
  description = "Prometheus and Grafana of ${var.name} and their files"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${local.full_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Who watches the watchman: without Prometheus no rule of its own would tell.
resource "aws_cloudwatch_metric_alarm" "healthy" {
  count               = local.enabled ? 1 : 0
  alarm_name          = "${local.full_name}-down"
  alarm_description   = "Prometheus does not answer: no rule is evaluated and no sample is taken in."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = module.gateway.dimensions["prometheus"]
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 10
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
