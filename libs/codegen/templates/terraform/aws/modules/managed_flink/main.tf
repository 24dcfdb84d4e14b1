data "aws_region" "current" {}

locals {
  application = "${var.name}-${var.purpose}"
}

resource "aws_kinesisanalyticsv2_application" "this" {
  name                   = local.application
  runtime_environment    = "FLINK-1_20"
  service_execution_role = aws_iam_role.this.arn
  start_application      = var.enabled

  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"

      code_content {
        s3_content_location {
          bucket_arn = var.code_bucket_arn
          file_key   = var.code_key
        }
      }
    }

    # State survives a change of size, a new version and a failure.
    application_snapshot_configuration {
      snapshots_enabled = true
    }

    environment_properties {
      property_group {
        property_group_id = "kinesis.analytics.flink.run.options"
        property_map = {
          python  = var.script
          jarfile = "lib/connectors.jar"
          pyFiles = "lib/python.zip"
        }
      }

      property_group {
        property_group_id = var.property_group
        property_map      = merge(var.properties, { stream_arn = var.stream_arn, region = data.aws_region.current.region })
      }
    }

    flink_application_configuration {
      checkpoint_configuration {
        configuration_type = "DEFAULT"
      }

      monitoring_configuration {
        configuration_type = "CUSTOM"
        log_level          = "INFO"
        metrics_level      = "OPERATOR"
      }

      parallelism_configuration {
        configuration_type   = "CUSTOM"
        auto_scaling_enabled = var.size.max_kpu > var.size.min_kpu
        parallelism          = var.size.min_kpu
        parallelism_per_kpu  = 1
      }
    }

    vpc_configuration {
      subnet_ids         = var.subnet_ids
      security_group_ids = [var.workload_security_group_id]
    }
  }

  cloudwatch_logging_options {
    log_stream_arn = aws_cloudwatch_log_stream.this.arn
  }

  # Scaling owns the parallelism after the first apply.
  lifecycle {
    ignore_changes = [
      application_configuration[0].flink_application_configuration[0].parallelism_configuration[0].parallelism,
    ]
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${local.application}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_cloudwatch_log_stream" "this" {
  name           = "application"
  log_group_name = aws_cloudwatch_log_group.this.name
}
