data "aws_region" "current" {}

locals {
  # Fargate has certain sizes only: the largest that divides the plan, as often as it takes.
  task_vcpu = max([for vcpu in [0.25, 0.5, 1, 2, 4] : vcpu if var.size.writer_vcpu % vcpu == 0]...)
  tasks     = var.size.writer_vcpu / local.task_vcpu
}

resource "aws_ecs_service" "writer" {
  name            = "${var.name}-writer"
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.writer.arn
  launch_type     = "FARGATE"
  desired_count   = var.enabled ? local.tasks : 0

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id]
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  depends_on = [aws_iam_role_policy.task]
}

resource "aws_ecs_task_definition" "writer" {
  family                   = "${var.name}-writer"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = local.task_vcpu * 1024
  memory                   = local.task_vcpu * 2048
  execution_role_arn       = aws_iam_role.this["exec"].arn
  task_role_arn            = aws_iam_role.this["task"].arn

  volume {
    name = "work"
  }

  container_definitions = jsonencode([{
    name  = "writer"
    image = var.image

    # The program belongs to the queue, so it comes from here; the image lends its Python and its libraries.
    entryPoint             = ["python", "-c", file("${path.module}/writer.py")]
    essential              = true
    stopTimeout            = 120
    readonlyRootFilesystem = true
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
    environment = [
      { name = "QUEUE_URL", value = aws_sqs_queue.this.url },
      { name = "BUCKET", value = module.bucket.id },
      { name = "COLUMNS", value = jsonencode({ for column in var.columns : column.name => column.type }) },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.writer.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = "writer"
      }
    }
  }])
}

resource "aws_cloudwatch_log_group" "writer" {
  name              = "/service/${var.name}-writer"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
