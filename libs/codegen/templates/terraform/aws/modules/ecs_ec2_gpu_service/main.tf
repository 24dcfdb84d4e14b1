data "aws_region" "current" {}

data "aws_ec2_instance_type" "this" {
  instance_type = var.size.instance_type
}

locals {
  port = 8000
  gpus = sum(concat([0], data.aws_ec2_instance_type.this.gpus[*].count))

  # Machines of one's own do not tell their containers the region as Fargate does.
  environment = merge({ AWS_REGION = data.aws_region.current.region }, var.environment)
}

resource "aws_ecs_service" "this" {
  count                             = var.enable_endpoint ? 1 : 0
  name                              = "${var.name}-serve"
  cluster                           = var.cluster_arn
  task_definition                   = aws_ecs_task_definition.this.arn
  desired_count                     = var.size.min_instances
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = 300

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.this.name
    weight            = 1
  }

  ordered_placement_strategy {
    type  = "spread"
    field = "attribute:ecs.availability-zone"
  }

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id, aws_security_group.tasks.id]
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

  depends_on = [module.load_balancer, aws_ecs_cluster_capacity_providers.this]
}

# One task has a machine to itself, with all of its GPUs.
resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-serve"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

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
    environment            = [for name, value in local.environment : { name = name, value = value }]
    portMappings           = [{ containerPort = local.port }]
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
    resourceRequirements   = [{ type = "GPU", value = tostring(max(1, local.gpus)) }]
    # The agent and the system keep the rest.
    memory           = max(1024, floor(data.aws_ec2_instance_type.this.memory_size * 0.85) - local.collector_memory * length(local.collectors))
    logConfiguration = local.log
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
  min_targets              = var.size.min_instances
  certificate_arn          = var.certificate_arn
  client_cidrs             = var.client_cidrs
  latency_ms_p95           = var.latency_ms_p95
  availability_pct         = var.availability_pct
  vpc_id                   = var.vpc_id
  subnet_ids               = var.subnet_ids
  log_bucket               = var.log_bucket
  alarm_topic_arn          = var.alarm_topic_arn
  protect                  = var.protect
}
