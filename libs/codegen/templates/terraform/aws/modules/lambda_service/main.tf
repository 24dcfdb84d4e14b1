locals {
  enabled  = var.enable_endpoint ? 1 : 0
  most_rps = max(5, ceil(var.throughput_rps * 2))
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116:Every call is synchronous: the caller sees the error, so a dead-letter queue would stay empty.
  #checkov:skip=CKV_AWS_272:Code signing does not exist for container images; immutable tags and scanning take its place.
  count                          = local.enabled
  function_name                  = "${var.name}-serve"
  role                           = aws_iam_role.this.arn
  package_type                   = "Image"
  image_uri                      = var.image
  memory_size                    = var.size.memory_mb
  timeout                        = 29
  reserved_concurrent_executions = var.size.reserved_concurrency
  kms_key_arn                    = var.kms_key_arn
  publish                        = true

  environment {
    variables = var.environment
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
    log_group  = aws_cloudwatch_log_group.this["function"].name
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_alias" "live" {
  count            = local.enabled
  name             = "live"
  description      = "The version that answers"
  function_name    = aws_lambda_function.this[0].function_name
  function_version = aws_lambda_function.this[0].version
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  count                             = var.enable_endpoint && var.size.provisioned_concurrency > 0 ? 1 : 0
  function_name                     = aws_lambda_function.this[0].function_name
  qualifier                         = aws_lambda_alias.live[0].name
  provisioned_concurrent_executions = var.size.provisioned_concurrency
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["api", "function"])
  name              = "/service/${var.name}-serve/${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
