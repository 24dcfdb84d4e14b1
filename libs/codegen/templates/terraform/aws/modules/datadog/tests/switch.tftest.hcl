mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/fraud-dev-datadog" }
  }

  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:fraud-dev/datadog" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::fraud-dev-datadog-123456789012" }
  }

  mock_resource "aws_kinesis_firehose_delivery_stream" {
    defaults = { arn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/fraud-dev-datadog" }
  }
}

variables {
  name               = "fraud-dev"
  enabled            = true
  site               = "datadoghq.eu"
  external_id        = ""
  namespaces         = ["AWS/ECS"]
  log_groups         = ["/job/fraud-dev-process"]
  log_bucket         = "fraud-dev-logs"
  kms_key_arn        = null
  secret_key_arn     = null
  log_key_arn        = null
  log_retention_days = 365
  alarm_topic_arn    = "arn:aws:sns:us-east-1:123456789012:alerts"
  protect            = false
}

run "sends_to_the_site_of_the_contract" {
  command = apply

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this["logs"].http_endpoint_configuration[0].url == "https://aws-kinesis-http-intake.logs.datadoghq.eu/v1/input"
    error_message = "Logs go to the intake of the site."
  }

  assert {
    condition     = length(aws_cloudwatch_log_subscription_filter.this) == 1 && length(aws_iam_role.integration) == 0
    error_message = "Each log group is sent once; there is no role without an external id."
  }
}

run "sends_nothing_before_the_key_is_there" {
  command = apply

  variables {
    enabled     = false
    external_id = "0f1e2d"
  }

  assert {
    condition     = length(aws_kinesis_firehose_delivery_stream.this) == 0 && length(aws_cloudwatch_metric_stream.this) == 0
    error_message = "Without a key nothing is sent."
  }

  assert {
    condition     = length(aws_iam_role.integration) == 1
    error_message = "The external id makes the role of the integration."
  }
}

run "another_site_is_refused" {
  command = plan

  variables {
    site = "example.com"
  }

  expect_failures = [var.site]
}
