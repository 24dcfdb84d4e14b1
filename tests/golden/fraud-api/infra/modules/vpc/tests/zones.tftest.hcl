# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_availability_zones" {
    defaults = { names = ["us-west-1a", "us-west-1c"] }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:example" }
  }
}

variables {
  name               = "example-dev"
  cidr_block         = "10.0.0.0/16"
  azs                = 2
  log_key_arn        = null
  log_retention_days = 365
}

run "each_zone_has_a_subnet" {
  assert {
    condition     = keys(aws_subnet.private) == ["us-west-1a", "us-west-1c"]
    error_message = "Zones are named as the account names them."
  }
}

run "subnets_do_not_overlap" {
  assert {
    condition     = [for subnet in aws_subnet.private : subnet.cidr_block] == ["10.0.0.0/20", "10.0.16.0/20"]
    error_message = "Each has a /20 of its own."
  }
}

run "an_account_with_fewer_zones_than_planned_is_told" {
  command = plan

  variables {
    azs = 3
  }

  expect_failures = [data.aws_availability_zones.available]
}
