# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/example-dev-features" }
  }
}

variables {
  name            = "example-dev"
  size            = { read_rps = 100 }
  retention_days  = 30
  kms_key_arn     = null
  alarm_topic_arn = "arn:aws:sns:eu-west-1:123456789012:example-dev-alerts"
  protect         = false
}

run "one_region_has_no_copy" {
  assert {
    condition     = length(aws_dynamodb_table.this.replica) == 0 && length(aws_kms_key.replica) == 0
    error_message = "A copy is made where the plan asks for one."
  }

  assert {
    condition     = aws_dynamodb_table.this.on_demand_throughput[0].max_read_request_units == 200
    error_message = "Reads have a lid; a load of every entity has none."
  }
}

run "readers_of_the_copy_may_read_it" {
  variables {
    replica_region = "eu-central-1"
  }

  assert {
    condition     = contains(local.table_arns, "arn:aws:dynamodb:eu-central-1:123456789012:table/example-dev-features")
    error_message = "Rights name the table in both regions."
  }

  assert {
    condition     = aws_dynamodb_table.this.stream_enabled
    error_message = "A copy is written from the stream of changes."
  }
}

run "the_copy_has_a_key_of_its_own_region" {
  variables {
    replica_region        = "eu-central-1"
    kms_key_arn           = "arn:aws:kms:eu-west-1:123456789012:key/0b1c2d3e-0000-4000-8000-000000000000"
    customer_managed_keys = true
  }

  assert {
    condition     = aws_kms_key.replica[0].region == "eu-central-1"
    error_message = "A key belongs to one region."
  }
}
