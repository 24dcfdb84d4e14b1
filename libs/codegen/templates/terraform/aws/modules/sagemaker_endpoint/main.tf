locals {
  enabled       = var.enable_endpoint ? 1 : 0
  endpoint_name = "${var.name}-serve"
  # A model cannot be changed: another image, model or setting is another name.
  model_name = "${var.name}-${substr(sha1(jsonencode([var.image, var.model_data_url, local.environment])), 0, 12)}"
  # SageMaker does not promise its containers to tell them the region.
  environment = merge({ AWS_REGION = data.aws_region.current.region }, var.environment)
}

resource "aws_sagemaker_model" "this" {
  #checkov:skip=CKV_AWS_370:The container reads features and writes metrics over the VPC; full isolation would cut both.
  count              = local.enabled
  name               = local.model_name
  execution_role_arn = aws_iam_role.this.arn

  primary_container {
    image          = var.image
    model_data_url = var.model_data_url
    environment    = local.environment
  }

  vpc_config {
    subnets            = var.subnet_ids
    security_group_ids = [var.workload_security_group_id]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint_configuration" "this" {
  count       = local.enabled
  name_prefix = "${var.name}-"
  kms_key_arn = var.kms_key_arn

  production_variants {
    variant_name           = "live"
    model_name             = aws_sagemaker_model.this[0].name
    instance_type          = var.size.instance_type
    initial_instance_count = var.size.min_instances
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "this" {
  count                = local.enabled
  name                 = local.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.this[0].name

  # The new version takes all traffic only while no alarm is up, else the old one returns.
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
        alarm_name = aws_cloudwatch_metric_alarm.errors[0].alarm_name
      }
    }
  }
}
