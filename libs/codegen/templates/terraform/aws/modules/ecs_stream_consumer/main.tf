data "aws_region" "current" {}

resource "aws_ecs_service" "this" {
  count           = var.enable_endpoint ? 1 : 0
  name            = "${var.name}-serve"
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.size.min_tasks
  launch_type     = "FARGATE"
  propagate_tags  = "SERVICE"

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id]
  }

  # A version whose tasks do not stay up is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Scaling owns the count after the first apply.
  lifecycle {
    ignore_changes = [desired_count]
  }
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
    cpu_architecture        = "X86_64"
  }

  # The image is read-only; temporary files go to a volume that dies with the task.
  volume {
    name = "work"
  }

  container_definitions = jsonencode([{
    name                   = "serve"
    image                  = var.image
    command                = ["stream"]
    essential              = true
    readonlyRootFilesystem = true
    stopTimeout            = 60
    environment            = [for name, value in local.environment : { name = name, value = value }]
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = "serve"
      }
    }
  }])
}

locals {
  environment = merge(var.environment, {
    STREAM_NAME      = local.stream_name
    OUTPUT_STREAM    = module.results.name
    CHECKPOINT_TABLE = aws_dynamodb_table.checkpoints.name
    DEAD_LETTER_URI  = var.dead_letter_uri
  })

  stream_name = element(split("/", var.stream_arn), 1)
}

module "results" {
  source          = "../result_stream"
  name            = var.name
  shards          = var.size.result_shards
  kms_key_arn     = var.kms_key_arn
  alarm_topic_arn = var.alarm_topic_arn
}

# Which task reads which shard, and how far it is. A lost table costs events that are scored twice, no data.
resource "aws_dynamodb_table" "checkpoints" {
  name                        = "${var.name}-checkpoints"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "shard_id"
  deletion_protection_enabled = var.protect

  attribute {
    name = "shard_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${var.name}-serve"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
