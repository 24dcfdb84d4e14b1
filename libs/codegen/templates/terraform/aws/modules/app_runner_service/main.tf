locals {
  enabled = var.enable_endpoint ? 1 : 0
  port    = 8000
  # Services of App Runner have 40 characters, their scaling configurations 32.
  short_name = length(var.name) <= 32 ? var.name : "${substr(var.name, 0, 23)}-${substr(sha1(var.name), 0, 8)}"
}

resource "aws_apprunner_service" "this" {
  count                          = local.enabled
  service_name                   = local.short_name
  auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.this.arn

  source_configuration {
    auto_deployments_enabled = false

    authentication_configuration {
      access_role_arn = aws_iam_role.pull.arn
    }

    image_repository {
      image_identifier      = var.image
      image_repository_type = "ECR"

      image_configuration {
        port                          = tostring(local.port)
        runtime_environment_variables = var.environment
      }
    }
  }

  instance_configuration {
    cpu               = tostring(var.size.vcpu * 1024)
    memory            = tostring(var.size.memory_gb * 1024)
    instance_role_arn = aws_iam_role.this.arn
  }

  # A version that does not become healthy is taken back by App Runner.
  health_check_configuration {
    protocol            = "HTTP"
    path                = "/ready"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.this.arn
    }

    ingress_configuration {
      is_publicly_accessible = false
    }
  }

  dynamic "encryption_configuration" {
    for_each = var.kms_key_arn[*]

    content {
      kms_key = encryption_configuration.value
    }
  }

  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.pull]
}

resource "aws_apprunner_auto_scaling_configuration_version" "this" {
  auto_scaling_configuration_name = local.short_name
  min_size                        = var.size.min_instances
  max_size                        = var.size.max_instances
  # Above it App Runner adds instances: while one that answers questions still has places.
  max_concurrency = var.size.questions_at_once == null ? 100 : floor(var.size.questions_at_once * 0.7)

  # No argument can be changed, and what a service uses cannot be deleted: the next revision comes first.
  lifecycle {
    create_before_destroy = true
  }
}
