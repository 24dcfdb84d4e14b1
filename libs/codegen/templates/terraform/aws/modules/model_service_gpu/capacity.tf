locals {
  # A task takes every GPU of its instance.
  counts = { "12xlarge" = 4, "24xlarge" = 8, "48xlarge" = 8 }
  gpus   = lookup(local.counts, split(".", var.size.instance_type)[1], 1)
}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id"
}

# Neither a group of instances nor a launch template hands on the tags of the provider, and the budget counts what carries them.
data "aws_default_tags" "current" {}

resource "aws_launch_template" "this" {
  name_prefix            = "${local.full_name}-"
  image_id               = data.aws_ssm_parameter.image.insecure_value
  instance_type          = var.size.instance_type
  update_default_version = true
  vpc_security_group_ids = [var.workload_security_group_id]

  user_data = base64encode("#!/bin/bash\necho ECS_CLUSTER=${aws_ecs_cluster.this.name} >> /etc/ecs/ecs.config\necho ECS_ENABLE_GPU_SUPPORT=true >> /etc/ecs/ecs.config\n")

  iam_instance_profile {
    arn = aws_iam_instance_profile.instance.arn
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = var.disk_gb
      volume_type = "gp3"
      encrypted   = true
      kms_key_id  = var.kms_key_arn
    }
  }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  tag_specifications {
    resource_type = "volume"
    tags          = merge(data.aws_default_tags.current.tags, { Name = local.full_name })
  }
}

resource "aws_autoscaling_group" "this" {
  name_prefix               = "${local.full_name}-"
  min_size                  = 0
  max_size                  = var.size.max_replicas
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "EC2"
  protect_from_scale_in     = true
  health_check_grace_period = 300

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  dynamic "tag" {
    for_each = merge(data.aws_default_tags.current.tags, { AmazonECSManaged = "true", Name = local.full_name })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  # The capacity provider owns the count.
  lifecycle {
    ignore_changes = [desired_capacity]
  }
}

resource "aws_ecs_capacity_provider" "this" {
  name = local.full_name

  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.this.arn
    managed_termination_protection = "ENABLED"

    managed_scaling {
      status                    = "ENABLED"
      target_capacity           = 100
      maximum_scaling_step_size = 2
    }
  }
}

# A cluster of its own: capacity providers belong to one list a cluster, and models come and go one by one.
resource "aws_ecs_cluster" "this" {
  name = local.full_name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = [aws_ecs_capacity_provider.this.name]
}

resource "aws_iam_role" "instance" {
  name               = "${local.full_name}-instance"
  assume_role_policy = data.aws_iam_policy_document.instance.json
}

resource "aws_iam_role_policy_attachment" "instance" {
  role       = aws_iam_role.instance.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

resource "aws_iam_instance_profile" "instance" {
  name = "${local.full_name}-instance"
  role = aws_iam_role.instance.name
}

data "aws_iam_policy_document" "instance" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
