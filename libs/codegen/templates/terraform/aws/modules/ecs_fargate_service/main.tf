data "aws_region" "current" {}

locals {
  port = 8000
}

resource "aws_ecs_service" "this" {
  #checkov:skip=CKV_AWS_333:Only in a network without another way out, which is for public data; the security group lets in the load balancer alone.
  count                             = var.enable_endpoint ? 1 : 0
  name                              = "${var.name}-serve"
  cluster                           = var.cluster_arn
  task_definition                   = aws_ecs_task_definition.this.arn
  desired_count                     = var.size.min_tasks
  launch_type                       = "FARGATE"
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 60

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.workload_security_group_id, aws_security_group.tasks.id]
    assign_public_ip = var.assign_public_ip
  }

  load_balancer {
    target_group_arn = module.load_balancer.target_group_arn
    container_name   = "serve"
    container_port   = local.port
  }

  # A version that does not become healthy is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Scaling owns the count after the first apply.
  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [module.load_balancer]
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-serve"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.vcpu * 1024
  memory                   = var.size.memory_gb * 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # The image is read-only; temporary files go to a volume that dies with the task.
  volume {
    name = "work"
  }

  container_definitions = jsonencode(concat([local.container], local.collectors))
}

locals {
  log = {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = data.aws_region.current.region
      awslogs-stream-prefix = "serve"
    }
  }

  container = {
    name                   = "serve"
    image                  = var.image
    essential              = true
    readonlyRootFilesystem = true
    environment            = [for name, value in var.environment : { name = name, value = value }]
    portMappings           = [{ containerPort = local.port }]
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
    logConfiguration       = local.log
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${var.name}-serve"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_security_group" "tasks" {
  name_prefix = "${var.name}-serve-"
  description = "Serving tasks of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

module "load_balancer" {
  source                   = "../internal_load_balancer"
  name                     = var.name
  enabled                  = var.enable_endpoint
  port                     = local.port
  target_security_group_id = aws_security_group.tasks.id
  min_targets              = var.size.min_tasks
  certificate_arn          = var.certificate_arn
  client_cidrs             = var.client_cidrs
  latency_ms_p95           = var.latency_ms_p95
  availability_pct         = var.availability_pct
  idle_timeout             = max(60, var.answer_seconds + 10)
  vpc_id                   = var.vpc_id
  subnet_ids               = var.subnet_ids
  log_bucket               = var.log_bucket
  alarm_topic_arn          = var.alarm_topic_arn
  protect                  = var.protect
}
