locals {
  job_name = "${var.name}-${var.purpose}"
  # Workers are as large as those the plan counts; the driver is one more.
  cpu        = 4
  memory_gb  = 16
  task_gb    = 14
  most_units = var.size.workers + 1
  # Three times the planned duration, never under an hour: a hanging job stops and is told.
  timeout_minutes = max(60, ceil(var.hours_longest * 180))
}

# Nothing runs and nothing is billed between jobs: there is no initial capacity and idle workers stop.
resource "aws_emrserverless_application" "this" {
  name          = local.job_name
  release_label = "emr-7.9.0"
  type          = "spark"
  architecture  = "X86_64"

  maximum_capacity {
    cpu    = "${local.cpu * local.most_units} vCPU"
    memory = "${local.memory_gb * local.most_units} GB"
    disk   = "${20 * local.most_units} GB"
  }

  auto_start_configuration {
    enabled = true
  }

  # Terraform can change it, for a new image as well, only while it is stopped: the shorter it idles, the rarer an apply is refused.
  auto_stop_configuration {
    enabled              = true
    idle_timeout_minutes = 1
  }

  network_configuration {
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.this.id, var.workload_security_group_id]
  }

  # Before the first image was pushed the application has Spark alone.
  dynamic "image_configuration" {
    for_each = [for image in var.image[*] : image if image.tag != "bootstrap"]

    content {
      image_uri = "${image_configuration.value.repository_url}:${image_configuration.value.tag}"
    }
  }

  depends_on = [aws_ecr_repository_policy.pull]
}

resource "aws_s3_object" "script" {
  bucket      = var.script_bucket
  key         = "emr/${filesha256(var.script)}.py"
  source      = var.script
  source_hash = filesha256(var.script)
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/job/${local.job_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Driver and workers of a job talk to each other.
resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:EMR Serverless attaches it to the network interfaces of its workers.
  name_prefix = "${local.job_name}-"
  description = "Spark workers of ${local.job_name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "workers" {
  #checkov:skip=CKV_AWS_25:Open to the other workers of the job only: the rule names their group and no addresses.
  security_group_id            = aws_security_group.this.id
  description                  = "From the other workers"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = 1024
  to_port                      = 65535
}
