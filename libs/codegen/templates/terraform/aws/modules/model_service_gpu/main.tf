data "aws_region" "current" {}

locals {
  full_name = "${var.name}-${var.host}"
  host      = "${var.host}.${var.gateway.domain}"
  enabled   = var.enabled ? 1 : 0
  # Target groups take 32 characters; a longer name keeps its head and gets a hash.
  short_name = length(local.full_name) <= 32 ? local.full_name : "${substr(local.full_name, 0, 23)}-${substr(sha1(local.full_name), 0, 8)}"
  # The gateway keeps idle connections for 60 s and may take one up again: vLLM, which closes them after 5 s by itself, waits longer.
  environment = {
    AWS_REGION                   = data.aws_region.current.region
    HOME                         = "/tmp"
    XDG_CACHE_HOME               = "/tmp"
    VLLM_CACHE_ROOT              = "/tmp"
    VLLM_HTTP_TIMEOUT_KEEP_ALIVE = "75"
  }
}

resource "aws_ecs_service" "this" {
  count                             = local.enabled
  name                              = local.full_name
  cluster                           = aws_ecs_cluster.this.arn
  task_definition                   = aws_ecs_task_definition.this.arn
  desired_count                     = var.size.min_replicas
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 900

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.this.name
    weight            = 1
  }

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id, aws_security_group.this.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = var.host
    container_port   = 8000
  }

  # Every GPU is in use, so a new version needs the place of an old one where there is no spare instance.
  deployment_minimum_healthy_percent = var.size.min_replicas > 1 ? 50 : 0
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Scaling owns the count after the first apply.
  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_ecs_cluster_capacity_providers.this, aws_kms_grant.volumes, aws_lb_listener_rule.this]
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.full_name
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  volume {
    name = "work"
  }

  container_definitions = jsonencode([{
    name                   = var.host
    image                  = var.image
    command                = var.command
    essential              = true
    readonlyRootFilesystem = true
    memoryReservation      = 4096
    environment            = [for name, value in local.environment : { name = name, value = value }]
    resourceRequirements   = [{ type = "GPU", value = tostring(local.gpus) }]
    linuxParameters        = { sharedMemorySize = 8192 }
    portMappings           = [{ containerPort = 8000 }]
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = var.host
      }
    }
  }])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${local.full_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
