data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  database = replace(var.name, "-", "_")
  added    = [{ name = "run_id", type = "string" }, { name = "loaded_at", type = "timestamp" }]

  # Files of the table live as long as a snapshot names them. Without its note a file that is still there would be scored
  # again, and S3 removes what has expired when it comes to it: hence a month more.
  expiring = merge(
    { "curated/" = var.size.retention_days, "athena/" = 7 },
    { for days in [var.landed_days] : "scored/" => days + 30 if days > 0 },
  )

  # Rows to train on, rows to score, and what was predicted; writers add the columns of the last.
  tables = {
    records             = concat(var.columns, local.added)
    records_scoring     = concat(var.columns, local.added)
    records_predictions = local.added
  }
}

module "bucket" {
  source        = "../bucket"
  name          = var.bucket_name
  kms_key_arn   = var.kms_key_arn
  log_bucket    = var.log_bucket
  expiring      = local.expiring
  force_destroy = var.force_destroy
}

resource "aws_glue_catalog_database" "this" {
  name         = local.database
  description  = "Tables of ${var.name}"
  location_uri = "s3://${module.bucket.id}/tables/"
}

resource "aws_glue_catalog_table" "this" {
  for_each      = local.tables
  name          = each.key
  database_name = aws_glue_catalog_database.this.name
  description   = "Rows of ${var.name}, each with its run and the time it was loaded"
  table_type    = "EXTERNAL_TABLE"

  open_table_format_input {
    iceberg_input {
      metadata_operation = "CREATE"
      version            = "2"
    }
  }

  storage_descriptor {
    location = "s3://${module.bucket.id}/tables/${each.key}"

    dynamic "columns" {
      for_each = each.value

      content {
        name = columns.value.name
        type = columns.value.type
      }
    }
  }

  # Every commit writes its metadata file into the parameters, and writers may add columns.
  lifecycle {
    ignore_changes = [parameters, storage_descriptor]
  }
}

resource "aws_athena_workgroup" "this" {
  name          = var.name
  description   = "Statements of ${var.name}"
  force_destroy = var.force_destroy

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true

    result_configuration {
      output_location = "s3://${module.bucket.id}/athena/"

      encryption_configuration {
        encryption_option = var.kms_key_arn == null ? "SSE_S3" : "SSE_KMS"
        kms_key_arn       = var.kms_key_arn
      }
    }
  }
}
