data "aws_region" "current" {}

locals {
  # Three times the planned duration, never under an hour.
  timeout_seconds = max(3600, ceil(var.size.hours_per_run * 10800))
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.vcpu * 1024
  memory                   = var.size.memory_gb * 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  # Fargate gives 20 GB without asking, the image among them, and no more than 200.
  dynamic "ephemeral_storage" {
    for_each = var.size.storage_gb > 20 ? [var.size.storage_gb] : []

    content {
      size_in_gib = ephemeral_storage.value
    }
  }

  # The image is read-only; work files go to a volume that dies with the task.
  volume {
    name = "work"
  }

  container_definitions = jsonencode([{
    name                   = "job"
    image                  = var.image
    command                = var.command
    essential              = true
    readonlyRootFilesystem = true
    # Fargate knows no time limit: the job ends itself, also where what started it does not wait.
    environment = [
      for name, value in merge(var.environment, { JOB_TIMEOUT_SECONDS = tostring(local.timeout_seconds) }) :
      { name = name, value = value }
    ]
    mountPoints = [{ sourceVolume = "work", containerPath = "/tmp" }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = "job"
      }
    }
  }])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/job/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
