data "aws_region" "current" {}

locals {
  # The hours of a run are those of all jobs together.
  timeout_seconds = max(3600, ceil(var.size.hours_per_run / var.size.jobs * 10800))
}

resource "aws_batch_compute_environment" "this" {
  name_prefix = "${var.name}-"
  type        = "MANAGED"
  state       = "ENABLED"

  compute_resources {
    type               = var.size.spot ? "FARGATE_SPOT" : "FARGATE"
    max_vcpus          = max(4, ceil(var.size.vcpu * max(4, var.size.jobs)))
    subnets            = var.subnet_ids
    security_group_ids = [var.security_group_id]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_batch_job_queue" "this" {
  name     = var.name
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.this.arn
  }
}

resource "aws_batch_job_definition" "this" {
  name                  = var.name
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  propagate_tags        = true

  container_properties = jsonencode({
    image            = var.image
    command          = var.command
    executionRoleArn = aws_iam_role.execution.arn
    jobRoleArn       = aws_iam_role.task.arn
    environment      = [for name, value in var.environment : { name = name, value = value }]
    resourceRequirements = [
      { type = "VCPU", value = tostring(var.size.vcpu) },
      { type = "MEMORY", value = tostring(var.size.memory_gb * 1024) },
    ]
    networkConfiguration         = { assignPublicIp = var.assign_public_ip ? "ENABLED" : "DISABLED" }
    fargatePlatformConfiguration = { platformVersion = "LATEST" }
    readonlyRootFilesystem       = true
    volumes                      = [{ name = "work" }]
    mountPoints                  = [{ sourceVolume = "work", containerPath = "/tmp" }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = "job"
      }
    }
  })

  timeout {
    attempt_duration_seconds = local.timeout_seconds
  }

  # A Spot interruption is not a failure of the job: it starts again.
  retry_strategy {
    attempts = var.size.spot ? 3 : 1

    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Your Spot Task was interrupted*"
    }

    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/job/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
