locals {
  enabled     = var.enable_endpoint ? 1 : 0
  stream_name = element(split("/", var.stream_arn), 1)
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116:Events that fail go to the destination of the event source mapping; a dead-letter queue sees asynchronous calls only.
  #checkov:skip=CKV_AWS_272:Code signing does not exist for container images; immutable tags and scanning take its place.
  count                          = local.enabled
  function_name                  = "${var.name}-serve"
  role                           = aws_iam_role.this.arn
  package_type                   = "Image"
  image_uri                      = var.image
  memory_size                    = var.size.memory_mb
  timeout                        = 60
  reserved_concurrent_executions = var.size.reserved_concurrency
  kms_key_arn                    = var.environment_key_arn
  publish                        = true

  # The service's image with Lambda's runtime client in front of the handler.
  image_config {
    entry_point = ["python", "-m", "awslambdaric"]
    command     = [var.handler]
  }

  environment {
    variables = merge(var.environment, {
      OUTPUT_STREAM   = module.results.name
      DEAD_LETTER_URI = "s3://${element(split(":::", var.dead_letter_bucket_arn), 1)}/dead-letters/"
    })
  }

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.workload_security_group_id]
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_alias" "live" {
  count            = local.enabled
  name             = "live"
  description      = "The version that reads the stream"
  function_name    = aws_lambda_function.this[0].function_name
  function_version = aws_lambda_function.this[0].version
}

# A batch that fails is halved until the event that fails stands alone; that one goes to the bucket, the shard goes on.
resource "aws_lambda_event_source_mapping" "this" {
  count                          = local.enabled
  event_source_arn               = var.fan_out ? aws_kinesis_stream_consumer.this[0].arn : var.stream_arn
  function_name                  = aws_lambda_alias.live[0].arn
  starting_position              = "TRIM_HORIZON"
  batch_size                     = var.size.batch_size
  parallelization_factor         = var.size.parallelization_factor
  bisect_batch_on_function_error = true
  maximum_retry_attempts         = 3
  maximum_record_age_in_seconds  = 3600
  function_response_types        = ["ReportBatchItemFailures"]

  destination_config {
    on_failure {
      destination_arn = var.dead_letter_bucket_arn
    }
  }
}

# A reader with its own share of the stream, to which records are pushed.
resource "aws_kinesis_stream_consumer" "this" {
  count      = var.fan_out ? 1 : 0
  name       = "${var.name}-serve"
  stream_arn = var.stream_arn
}

module "results" {
  source          = "../result_stream"
  name            = var.name
  shards          = var.size.result_shards
  kms_key_arn     = var.kms_key_arn
  alarm_topic_arn = var.alarm_topic_arn
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${var.name}-serve/function"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
