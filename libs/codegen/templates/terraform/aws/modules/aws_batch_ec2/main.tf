data "aws_region" "current" {}

data "aws_ec2_instance_type" "this" {
  instance_type = var.size.instance_type
}

locals {
  gpus = sum(concat([0], data.aws_ec2_instance_type.this.gpus[*].count))
  # The hours of a run are those of all machines together.
  timeout_seconds = max(3600, ceil(var.size.hours_per_run / var.size.jobs * 10800))
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
  platform_capabilities = ["EC2"]
  propagate_tags        = true

  container_properties = jsonencode({
    image                  = var.image
    command                = var.command
    executionRoleArn       = aws_iam_role.execution.arn
    jobRoleArn             = aws_iam_role.task.arn
    environment            = [for name, value in local.environment : { name = name, value = value }]
    resourceRequirements   = local.resources
    readonlyRootFilesystem = true
    volumes                = [{ name = "work", host = {} }]
    mountPoints            = [{ sourceVolume = "work", containerPath = "/tmp" }]
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

  # A machine that is taken back or breaks is not a failure of the job: it starts again.
  retry_strategy {
    attempts = 3

    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Host EC2*"
    }

    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }
}

locals {
  # Machines of one's own do not tell their containers the region as Fargate does.
  environment = merge({ AWS_REGION = data.aws_region.current.region }, var.environment)

  # A job has a machine of its own; the agent and the system keep a tenth of its memory.
  resources = concat(
    [
      { type = "VCPU", value = tostring(data.aws_ec2_instance_type.this.default_vcpus) },
      { type = "MEMORY", value = tostring(floor(data.aws_ec2_instance_type.this.memory_size * 0.9)) },
    ],
    local.gpus > 0 ? [{ type = "GPU", value = tostring(local.gpus) }] : [],
  )
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/job/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
