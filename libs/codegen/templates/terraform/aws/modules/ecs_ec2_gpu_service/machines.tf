# AWS's image for GPU machines of ECS, with driver and agent; after a new one the next apply replaces the machines one by one.
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id"
}

# Neither a group of machines nor a launch template hands on the tags of the provider, and the budget counts what carries them.
data "aws_default_tags" "current" {}

resource "aws_launch_template" "this" {
  name_prefix   = "${var.name}-serve-"
  description   = "GPU machines of ${var.name}"
  image_id      = data.aws_ssm_parameter.image.insecure_value
  instance_type = var.size.instance_type

  vpc_security_group_ids = [var.workload_security_group_id]

  iam_instance_profile {
    arn = aws_iam_instance_profile.this.arn
  }

  user_data = base64encode(<<-CONFIG
    #!/bin/sh
    cat >> /etc/ecs/ecs.config <<'END'
    ECS_CLUSTER=${var.cluster_name}
    ECS_ENABLE_GPU_SUPPORT=true
    ECS_AWSVPC_BLOCK_IMDS=true
    END
  CONFIG
  )

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 30
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }

  # Containers have the role of their task; a single hop keeps them from the machine's own.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tag_specifications {
    resource_type = "volume"
    tags          = merge(data.aws_default_tags.current.tags, { Name = "${var.name}-serve" })
  }
}

# No machine runs before the service does; ECS decides how many its tasks need. One more than the most tasks, so that a deployment
# finds a machine for its first task when all others are in use.
resource "aws_autoscaling_group" "this" {
  name_prefix           = "${var.name}-serve-"
  min_size              = var.enable_endpoint ? var.size.min_instances : 0
  max_size              = var.enable_endpoint ? var.size.max_instances + 1 : 0
  vpc_zone_identifier   = var.subnet_ids
  protect_from_scale_in = true

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  # Machines with tasks are protected from scaling in, not from being replaced: ECS moves their tasks first.
  instance_refresh {
    strategy = "Rolling"

    preferences {
      scale_in_protected_instances = "Refresh"
      min_healthy_percentage       = 100
      max_healthy_percentage       = 110
      instance_warmup              = 300
    }
  }

  dynamic "tag" {
    for_each = merge(data.aws_default_tags.current.tags, { AmazonECSManaged = "true", Name = "${var.name}-serve" })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  lifecycle {
    ignore_changes = [desired_capacity]
  }

  depends_on = [aws_kms_grant.volumes]
}

resource "aws_ecs_capacity_provider" "this" {
  name = "${var.name}-gpu"

  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.this.arn
    managed_termination_protection = "ENABLED"
    managed_draining               = "ENABLED"

    managed_scaling {
      status                 = "ENABLED"
      target_capacity        = 100
      instance_warmup_period = 300
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = var.cluster_name
  capacity_providers = [aws_ecs_capacity_provider.this.name]
}
