locals {
  enabled       = var.enabled ? 1 : 0
  endpoint_name = "${var.name}-llm"
  counts        = { "12xlarge" = 4, "24xlarge" = 8, "48xlarge" = 8 }
  gpus          = lookup(local.counts, split(".", var.size.instance_type)[2], 1)
  environment = {
    SM_VLLM_MAX_MODEL_LEN        = tostring(var.context_tokens)
    SM_VLLM_MODEL                = "/opt/ml/model"
    SM_VLLM_TENSOR_PARALLEL_SIZE = tostring(local.gpus)
  }
  # A model cannot be changed: another image, other weights or other settings are another name.
  model_name = "${var.name}-llm-${substr(sha1(jsonencode([var.image, var.weights_uri, local.environment])), 0, 12)}"
}

resource "aws_sagemaker_model" "this" {
  #checkov:skip=CKV_AWS_370:The server sends its metrics over the VPC; full isolation would cut them.
  count              = local.enabled
  name               = local.model_name
  execution_role_arn = aws_iam_role.this.arn

  primary_container {
    image       = var.image
    environment = local.environment

    model_data_source {
      s3_data_source {
        s3_uri           = var.weights_uri
        s3_data_type     = "S3Prefix"
        compression_type = "None"
      }
    }
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
  #checkov:skip=CKV_AWS_98:Without a customer-managed key the volumes are encrypted with the provider's.
  count       = local.enabled
  name_prefix = "${var.name}-llm-"
  kms_key_arn = var.kms_key_arn

  production_variants {
    variant_name                                      = "live"
    model_name                                        = aws_sagemaker_model.this[0].name
    instance_type                                     = var.size.instance_type
    initial_instance_count                            = var.size.min_replicas
    container_startup_health_check_timeout_in_seconds = 1800
    model_data_download_timeout_in_seconds            = 1800
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "this" {
  count                = local.enabled
  name                 = local.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.this[0].name
}

resource "aws_appautoscaling_target" "this" {
  count              = local.enabled
  service_namespace  = "sagemaker"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  resource_id        = "endpoint/${aws_sagemaker_endpoint.this[0].name}/variant/live"
  min_capacity       = var.size.min_replicas
  max_capacity       = var.size.max_replicas
}

resource "aws_appautoscaling_policy" "this" {
  count              = local.enabled
  name               = "${local.endpoint_name}-load"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    # The use of all GPUs of an instance is added up.
    target_value       = 70 * local.gpus
    scale_out_cooldown = 300
    scale_in_cooldown  = 600

    customized_metric_specification {
      namespace   = "/aws/sagemaker/Endpoints"
      metric_name = "GPUUtilization"
      statistic   = "Average"

      dimensions {
        name  = "EndpointName"
        value = local.endpoint_name
      }

      dimensions {
        name  = "VariantName"
        value = "live"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count               = local.enabled
  alarm_name          = "${local.endpoint_name}-errors"
  alarm_description   = "The model answers with errors."
  namespace           = "AWS/SageMaker"
  metric_name         = "Invocation5XXErrors"
  dimensions          = { EndpointName = local.endpoint_name, VariantName = "live" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
