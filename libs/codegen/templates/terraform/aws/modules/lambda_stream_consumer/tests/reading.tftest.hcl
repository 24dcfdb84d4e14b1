# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_lambda_function" {
    defaults = { version = "1" }
  }

  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:us-east-1:123456789012:function:example:live" }
  }

  mock_resource "aws_kinesis_stream_consumer" {
    defaults = { arn = "arn:aws:kinesis:us-east-1:123456789012:stream/example-dev-events/consumer/example-dev-serve:1" }
  }
}

variables {
  name = "example-dev"
  size = {
    memory_mb              = 1769
    parallelization_factor = 2
    batch_size             = 100
    reserved_concurrency   = 20
    result_shards          = 2
  }
  stream_arn                 = "arn:aws:kinesis:us-east-1:123456789012:stream/example-dev-events"
  fan_out                    = false
  handler                    = "example.stream.lambda_handler.handler"
  enable_endpoint            = true
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment                = { PROJECT = "example" }
  policies                   = ["{}"]
  latency_ms_p95             = null
  dead_letter_bucket_arn     = "arn:aws:s3:::example-artifacts"
  dead_letter_key_arn        = null
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  environment_key_arn        = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "without_haste_it_polls_the_stream" {
  command = plan

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].event_source_arn == var.stream_arn && length(aws_kinesis_stream_consumer.this) == 0
    error_message = "A share of its own is paid for only where it is needed."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["lag"].threshold == 60000
    error_message = "CloudWatch cannot tell less than a minute."
  }
}

run "with_haste_the_stream_pushes" {
  variables {
    fan_out = true
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].event_source_arn == aws_kinesis_stream_consumer.this[0].arn
    error_message = "The function reads through its own share."
  }
}

run "events_that_fail_go_to_the_bucket" {
  command = plan

  assert {
    condition = (
      aws_lambda_event_source_mapping.this[0].destination_config[0].on_failure[0].destination_arn == var.dead_letter_bucket_arn
      && aws_lambda_function.this[0].environment[0].variables.DEAD_LETTER_URI == "s3://example-artifacts/dead-letters/"
    )
    error_message = "Nothing is lost, and nothing holds up the shard."
  }
}
