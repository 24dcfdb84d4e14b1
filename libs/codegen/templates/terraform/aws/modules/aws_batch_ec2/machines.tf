# Batch starts machines and volumes without the tags of the provider, and the budget counts what carries them.
data "aws_default_tags" "current" {}

locals {
  machine_tags = merge(data.aws_default_tags.current.tags, { Name = var.name })
}

resource "aws_batch_compute_environment" "this" {
  name_prefix = "${var.name}-"
  type        = "MANAGED"
  state       = "ENABLED"

  # No machine runs between jobs.
  compute_resources {
    type                = var.size.spot ? "SPOT" : "EC2"
    allocation_strategy = var.size.spot ? "SPOT_PRICE_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE"
    instance_role       = aws_iam_instance_profile.this.arn
    instance_type       = [var.size.instance_type]
    min_vcpus           = 0
    max_vcpus           = data.aws_ec2_instance_type.this.default_vcpus * var.size.jobs
    subnets             = var.subnet_ids
    security_group_ids  = [var.security_group_id]
    tags                = local.machine_tags

    ec2_configuration {
      image_type = local.gpus > 0 ? "ECS_AL2023_NVIDIA" : "ECS_AL2023"
    }

    launch_template {
      launch_template_id = aws_launch_template.this.id
      version            = aws_launch_template.this.latest_version
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_launch_template" "this" {
  name_prefix = "${var.name}-"
  description = "Machines of ${var.name}"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.size.storage_gb
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }

  # Containers have the role of their job; a single hop keeps them from the machine's own.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tag_specifications {
    resource_type = "volume"
    tags          = local.machine_tags
  }
}

resource "aws_iam_role" "machine" {
  name               = "${var.name}-machine"
  assume_role_policy = data.aws_iam_policy_document.machine_assume.json
}

resource "aws_iam_role_policy_attachment" "machine" {
  role       = aws_iam_role.machine.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

resource "aws_iam_instance_profile" "this" {
  name = aws_iam_role.machine.name
  role = aws_iam_role.machine.name
}

data "aws_iam_policy_document" "machine_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

# Machines with a customer-managed key on their volumes are started by this service role of the account.
resource "aws_kms_grant" "volumes" {
  count             = var.customer_managed_keys ? 1 : 0
  name              = "${var.name}-volumes"
  key_id            = var.kms_key_arn
  grantee_principal = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"

  operations = [
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
  ]
}
