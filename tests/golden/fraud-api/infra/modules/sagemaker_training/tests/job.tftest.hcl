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
  size              = { instance_type = "ml.m5.xlarge", hours_per_run = 1.5 }
  image             = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/train:4f2a9c1"
  command           = ["train"]
  environment       = { PROJECT = "example" }
  output_uri        = "s3://example-dev-artifacts/jobs/"
  policies          = ["{}"]
  subnet_ids        = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id = "sg-0123456789abcdef0"
  kms_key_arn       = null
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

run "it_is_stopped_after_three_times_the_plan" {
  assert {
    condition     = jsondecode(output.job.parameters).StoppingCondition.MaxRuntimeInSeconds == 16200
    error_message = "One and a half hours are stopped after four and a half."
  }
}
