data "aws_region" "current" {}

locals {
  port   = 5000
  domain = "${var.name}.internal"
  server = "mlflow.${local.domain}:${local.port}"
}

resource "aws_ecs_service" "this" {
  name            = "${var.name}-mlflow"
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"

  # One writer: SQLite on a shared file system takes no second one, so the old task stops first.
  desired_count                      = var.enabled ? 1 : 0
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id, aws_security_group.this.id]
  }

  service_registries {
    registry_arn = aws_service_discovery_service.this.arn
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  depends_on = [aws_efs_mount_target.this]
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-mlflow"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.vcpu * 1024
  memory                   = var.size.memory_gb * 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  volume {
    name = "work"
  }

  volume {
    name = "store"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.this.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.this.id
        iam             = "ENABLED"
      }
    }
  }

  container_definitions = jsonencode([{
    name                   = "mlflow"
    image                  = var.image
    essential              = true
    readonlyRootFilesystem = true
    command = [
      "mlflow", "server",
      "--host", "0.0.0.0",
      "--port", tostring(local.port),
      "--backend-store-uri", "sqlite:////store/mlflow.db",
      "--artifacts-destination", var.artifacts_uri,
      "--serve-artifacts",
    ]
    # From 3.5 on the server takes only hosts that are named; who looks at it through a tunnel calls localhost.
    environment = [
      { name = "MLFLOW_SERVER_ALLOWED_HOSTS", value = "${local.server},localhost:*" },
    ]
    portMappings = [{ containerPort = local.port }]
    mountPoints = [
      { sourceVolume = "store", containerPath = "/store" },
      { sourceVolume = "work", containerPath = "/tmp" },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = "mlflow"
      }
    }
  }])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${var.name}-mlflow"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
