resource "aws_athena_workgroup" "this" {
  name          = local.job_name
  description   = "Queries that prepare the data of ${var.name}"
  force_destroy = true

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true

    # A query that would scan three times the plan is ended: it is a mistake and would be billed.
    bytes_scanned_cutoff_per_query = max(1073741824, ceil(var.size.scanned_gb_per_run * 3 * 1073741824))

    result_configuration {
      output_location = var.results_uri

      encryption_configuration {
        encryption_option = var.encrypt_with_key ? "SSE_KMS" : "SSE_S3"
        kms_key_arn       = var.encrypt_with_key ? var.kms_key_arn : null
      }
    }
  }
}

resource "aws_glue_catalog_database" "this" {
  name        = "${replace(var.name, "-", "_")}_landing"
  description = "Raw tables of ${var.name}"
}

# Cells of CSV files are text until the query gives them their types.
resource "aws_glue_catalog_table" "this" {
  for_each      = var.tables
  name          = each.key
  database_name = aws_glue_catalog_database.this.name
  table_type    = "EXTERNAL_TABLE"

  parameters = {
    "classification"         = "csv"
    "skip.header.line.count" = "1"
  }

  storage_descriptor {
    location      = "${var.source_uri}${each.key}/"
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
      parameters            = { separatorChar = ",", quoteChar = "\"" }
    }

    dynamic "columns" {
      for_each = each.value

      content {
        name = columns.value
        type = "string"
      }
    }
  }
}
