resource "aws_glue_catalog_table_optimizer" "compaction" {
  for_each      = aws_glue_catalog_table.this
  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = aws_glue_catalog_database.this.name
  table_name    = each.value.name
  type          = "compaction"

  configuration {
    enabled  = true
    role_arn = aws_iam_role.upkeep.arn
  }

  depends_on = [aws_iam_role_policy.upkeep]
}

resource "aws_glue_catalog_table_optimizer" "retention" {
  for_each      = aws_glue_catalog_table.this
  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = aws_glue_catalog_database.this.name
  table_name    = each.value.name
  type          = "retention"

  configuration {
    enabled  = true
    role_arn = aws_iam_role.upkeep.arn

    retention_configuration {
      iceberg_configuration {
        snapshot_retention_period_in_days = var.size.snapshot_days
        number_of_snapshots_to_retain     = 1
        clean_expired_files               = true
      }
    }
  }

  depends_on = [aws_iam_role_policy.upkeep]
}

resource "aws_glue_catalog_table_optimizer" "orphans" {
  for_each      = aws_glue_catalog_table.this
  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = aws_glue_catalog_database.this.name
  table_name    = each.value.name
  type          = "orphan_file_deletion"

  configuration {
    enabled  = true
    role_arn = aws_iam_role.upkeep.arn

    orphan_file_deletion_configuration {
      iceberg_configuration {
        location                             = each.value.storage_descriptor[0].location
        orphan_file_retention_period_in_days = max(3, var.size.snapshot_days)
      }
    }
  }

  depends_on = [aws_iam_role_policy.upkeep]
}

# The retention rule, row by row: the bytes are gone once compaction and snapshots have followed.
resource "aws_scheduler_schedule" "erasure" {
  #checkov:skip=CKV_AWS_297:The schedule carries no data: its input is a statement without values of anybody.
  for_each            = local.tables
  name                = substr("${var.name}-erase-${each.key}", 0, 64)
  description         = "Deletes rows of ${each.key} that are older than ${var.size.retention_days} days"
  schedule_expression = "cron(30 1 * * ? *)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:${data.aws_partition.current.partition}:scheduler:::aws-sdk:athena:startQueryExecution"
    role_arn = aws_iam_role.erasure.arn

    # jsonencode would write the comparison as an escape, which Athena takes for text.
    input = replace(jsonencode({
      QueryString           = "DELETE FROM ${each.key} WHERE loaded_at < current_timestamp - interval '${var.size.retention_days}' day"
      QueryExecutionContext = { Database = local.database }
      WorkGroup             = aws_athena_workgroup.this.name
    }), "\\u003c", "<")

    retry_policy {
      maximum_retry_attempts = 3
    }
  }

  depends_on = [aws_iam_role_policy.erasure]
}
