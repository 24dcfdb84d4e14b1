# Events become tables without code: Firehose collects, converts and writes them.
resource "aws_kinesis_firehose_delivery_stream" "this" {
  name        = "${var.name}-events"
  destination = "extended_s3"

  server_side_encryption {
    enabled  = true
    key_type = var.kms_key_arn == null ? "AWS_OWNED_CMK" : "CUSTOMER_MANAGED_CMK"
    key_arn  = var.kms_key_arn
  }

  extended_s3_configuration {
    bucket_arn          = module.bucket.arn
    role_arn            = aws_iam_role.delivery.arn
    prefix              = "events/dt=!{timestamp:yyyy-MM-dd}/"
    error_output_prefix = "errors/!{firehose:error-output-type}/"
    file_extension      = ".parquet"
    buffering_size      = var.size.buffer_mb
    buffering_interval  = var.size.buffer_seconds

    data_format_conversion_configuration {
      input_format_configuration {
        deserializer {
          open_x_json_ser_de {}
        }
      }

      output_format_configuration {
        serializer {
          parquet_ser_de {}
        }
      }

      schema_configuration {
        database_name = aws_glue_catalog_table.events.database_name
        table_name    = aws_glue_catalog_table.events.name
        role_arn      = aws_iam_role.delivery.arn
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.delivery.name
      log_stream_name = aws_cloudwatch_log_stream.delivery.name
    }
  }

  depends_on = [aws_iam_role_policy.delivery]
}

module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.size.retention_days
  expiring       = var.expiring
  eventbridge    = true
  force_destroy  = var.force_destroy
}

resource "aws_glue_catalog_database" "events" {
  name        = "${replace(var.name, "-", "_")}_events"
  description = "Shape of the events of ${var.name}"
}

resource "aws_glue_catalog_table" "events" {
  name          = "events"
  database_name = aws_glue_catalog_database.events.name

  storage_descriptor {
    dynamic "columns" {
      for_each = var.columns

      content {
        name = columns.value.name
        type = columns.value.type
      }
    }
  }
}
