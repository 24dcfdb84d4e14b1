# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_default_tags" {
    defaults = { tags = { environment-id = "example-dev", owner = "example-team" } }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

variables {
  name              = "example-dev"
  size              = { instance_type = "ml.m5.xlarge", instances = 2, hours_per_run = 3 }
  enabled           = true
  image             = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment       = { PROJECT = "example" }
  policies          = ["{}"]
  input_uri         = "s3://example-dev-data/scoring-lines/"
  output_uri        = "s3://example-dev-data/transformed/"
  subnet_ids        = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id = "sg-0123456789abcdef0"
  kms_key_arn       = null
  output_key_arn    = null
}

run "a_job_carries_what_the_budget_counts" {
  assert {
    condition = jsondecode(output.job.parameters).Tags == [
      { Key = "environment-id", Value = "example-dev" },
      { Key = "owner", Value = "example-team" },
    ]
    error_message = "A job carries the tags of the environment."
  }
}
