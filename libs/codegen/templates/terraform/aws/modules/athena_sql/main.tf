data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  job_name = "${var.name}-process"
  # Three times the planned duration of the queries, never under an hour.
  timeout_seconds = max(3600, var.size.queries_per_run * 5400)

  # One query for each purpose: what it selects is unloaded as Parquet to a folder of the run.
  selects = {
    for purpose in ["training", "scoring"] : purpose => trimspace(templatefile(var.query, merge(
      { purpose = purpose },
      { for name, table in aws_glue_catalog_table.this : name => "\"${table.name}\"" },
    )))
  }
}

resource "aws_sfn_state_machine" "this" {
  name     = local.job_name
  role_arn = aws_iam_role.this.arn

  definition = jsonencode({
    Comment       = "Queries of ${local.job_name}"
    QueryLanguage = "JSONata"
    StartAt       = "training"
    States = {
      training = merge(local.query, { Arguments = merge(local.arguments, { QueryString = local.unload["training"] }), Next = "scoring" })
      scoring  = merge(local.query, { Arguments = merge(local.arguments, { QueryString = local.unload["scoring"] }), End = true })
    }
  })

  tracing_configuration {
    enabled = true
  }

  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.this.arn}:*"
  }

  depends_on = [aws_iam_role_policy.this]
}

locals {
  query = {
    Type           = "Task"
    Resource       = "arn:aws:states:::athena:startQueryExecution.sync"
    TimeoutSeconds = local.timeout_seconds
    Retry = [{
      ErrorEquals     = ["Athena.AthenaException", "Athena.TooManyRequestsException"]
      IntervalSeconds = 60
      BackoffRate     = 2
      MaxAttempts     = 2
    }]
  }

  arguments = {
    WorkGroup             = aws_athena_workgroup.this.name
    QueryExecutionContext = { Database = aws_glue_catalog_database.this.name }
  }

  # The folder is known when the query is sent; text around it is quoted as JSONata quotes text. It begins with the time, so
  # that readers find the last by name. It ends with the attempt (how often the execution was redriven and the state tried
  # again): Athena leaves behind what a failed UNLOAD has written, and unloads to no folder that holds something.
  folder = join(" & \"-\" & ", [
    "$replace($states.context.Execution.StartTime, \":\", \"-\")",
    "$states.context.Execution.Name",
    "$formatNumber($states.context.Execution.RedriveCount, \"000\")",
    "$states.context.State.RetryCount",
  ])

  unload = {
    for purpose, select in local.selects : purpose => join("", [
      "{", "% ",
      jsonencode("UNLOAD (${select}) TO '${var.target_uri}${purpose}/run="),
      " & ${local.folder} & ",
      jsonencode("/' WITH (format = 'PARQUET')"),
      " %", "}",
    ])
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/vendedlogs/states/${local.job_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
