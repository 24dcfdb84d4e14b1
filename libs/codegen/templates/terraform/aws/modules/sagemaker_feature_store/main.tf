locals {
  types = { bigint = "Integral", double = "Fractional" }
}

module "bucket" {
  source        = "../bucket"
  name          = var.bucket_name
  kms_key_arn   = var.kms_key_arn
  log_bucket    = var.log_bucket
  expiring      = { "features/" = var.retention_days }
  force_destroy = var.force_destroy
}

resource "aws_sagemaker_feature_group" "this" {
  feature_group_name             = var.name
  description                    = "Features of ${var.name}"
  record_identifier_feature_name = "entity_id"
  event_time_feature_name        = "event_time"
  role_arn                       = aws_iam_role.this.arn

  feature_definition {
    feature_name = "entity_id"
    feature_type = "String"
  }

  feature_definition {
    feature_name = "event_time"
    feature_type = "String"
  }

  # The contract may name the two itself.
  dynamic "feature_definition" {
    for_each = [for column in var.columns : column if !contains(["entity_id", "event_time"], column.name)]

    content {
      feature_name = feature_definition.value.name
      feature_type = lookup(local.types, feature_definition.value.type, "String")
    }
  }

  dynamic "online_store_config" {
    for_each = var.size.online ? [true] : []

    content {
      enable_online_store = true
      storage_type        = "Standard"

      security_config {
        kms_key_id = var.kms_key_arn
      }

      ttl_duration {
        unit  = "Days"
        value = var.retention_days
      }
    }
  }

  offline_store_config {
    table_format = "Glue"

    s3_storage_config {
      s3_uri     = "s3://${module.bucket.id}/features/"
      kms_key_id = var.kms_key_arn
    }
  }

  throughput_config {
    throughput_mode = "OnDemand"
  }

  depends_on = [aws_iam_role_policy.this]
}

# Destroying the group would destroy the guard first, which Terraform refuses.
resource "terraform_data" "guard" {
  count = var.protect ? 1 : 0
  input = aws_sagemaker_feature_group.this.arn

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  count               = var.size.online ? 1 : 0
  alarm_name          = "${var.name}-features-refused"
  alarm_description   = "Feature reads fail: the quota of requests a second is reached, or the service lost its right."
  namespace           = "AWS/SageMaker/FeatureStore"
  metric_name         = "Invocation4XXErrors"
  dimensions          = { FeatureGroupName = aws_sagemaker_feature_group.this.feature_group_name, OperationName = "GetRecord" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
