data "aws_region" "current" {}

locals {
  enabled       = var.enable_endpoint ? 1 : 0
  endpoint_name = "${var.name}-serve"
  # A model cannot be changed: another image or setting is another name.
  model_name = "${var.name}-${substr(sha1(jsonencode([var.image, local.environment])), 0, 12)}"
  # SageMaker does not promise its containers to tell them the region.
  environment = merge(
    { AWS_REGION = data.aws_region.current.region },
    var.environment,
    { HOST = "0.0.0.0", PORT = "8080", MODEL_DIR = "/tmp/model" },
  )
}

resource "aws_sagemaker_model" "this" {
  #checkov:skip=CKV_AWS_370:The container fetches the model and reads features over the VPC; full isolation would cut both.
  count              = local.enabled
  name               = local.model_name
  execution_role_arn = module.role.arn

  primary_container {
    image       = var.image
    environment = local.environment
  }

  vpc_config {
    subnets            = var.subnet_ids
    security_group_ids = [var.workload_security_group_id]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Requests wait in a queue; request, answer and failure are objects in the bucket.
resource "aws_sagemaker_endpoint_configuration" "this" {
  count       = local.enabled
  name_prefix = "${var.name}-"
  kms_key_arn = var.kms_key_arn

  production_variants {
    variant_name           = "live"
    model_name             = aws_sagemaker_model.this[0].name
    instance_type          = var.size.instance_type
    initial_instance_count = max(1, var.size.min_instances)
  }

  async_inference_config {
    client_config {
      max_concurrent_invocations_per_instance = coalesce(var.size.questions_at_once, 4)
    }

    output_config {
      s3_output_path  = "${var.results_uri}answers/"
      s3_failure_path = "${var.results_uri}failures/"
      kms_key_id      = var.kms_key_arn

      notification_config {
        error_topic = var.alarm_topic_arn
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "this" {
  count                = local.enabled
  name                 = local.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.this[0].name

  # The new version takes over only while no alarm is up, else the old one returns.
  deployment_config {
    blue_green_update_policy {
      maximum_execution_timeout_in_seconds = 3600
      termination_wait_in_seconds          = 300

      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 300
      }
    }

    auto_rollback_configuration {
      alarms {
        alarm_name = aws_cloudwatch_metric_alarm.failed[0].alarm_name
      }
    }
  }
}

module "role" {
  source      = "../sagemaker_role"
  name        = var.name
  role_name   = "${var.name}-serve"
  policies    = concat(var.policies, [data.aws_iam_policy_document.tell.json])
  in_vpc      = true
  kms_key_arn = var.kms_key_arn
}

data "aws_iam_policy_document" "tell" {
  statement {
    actions   = ["sns:Publish"]
    resources = [var.alarm_topic_arn]
  }

  # The topic is encrypted with this key.
  dynamic "statement" {
    for_each = var.alarm_key_arn == null ? [] : [var.alarm_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
