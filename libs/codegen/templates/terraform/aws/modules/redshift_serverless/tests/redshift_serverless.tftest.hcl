# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

variables {
  name                       = "example-dev"
  size                       = { base_rpu = 8, busy_hours = 10 }
  copy_policies              = ["{}"]
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0000000000000000a", "subnet-0000000000000000b", "subnet-0000000000000000c"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  secret_key_arn             = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:eu-central-1:123456789012:alarms"
}

run "workgroup_stands_in_three_zones" {
  command = plan

  assert {
    condition     = length(aws_redshiftserverless_workgroup.this.subnet_ids) == 3 && aws_redshiftserverless_workgroup.this.enhanced_vpc_routing
    error_message = "Every subnet is given."
  }
}

run "two_subnets_are_refused_before_anything_is_made" {
  command = plan

  variables {
    subnet_ids = ["subnet-0000000000000000a", "subnet-0000000000000000b"]
  }

  expect_failures = [var.subnet_ids]
}

run "twice_the_planned_hours_are_told" {
  command = plan

  assert {
    condition     = aws_redshiftserverless_usage_limit.this.amount == 160 && aws_redshiftserverless_usage_limit.this.breach_action == "emit-metric"
    error_message = "The limit tells and stops nothing."
  }
}

run "alarms_read_what_redshift_publishes" {
  command = plan

  assert {
    condition     = strcontains(one(aws_cloudwatch_metric_alarm.queued.metric_query).expression, "QueryType, Workgroup")
    error_message = "Queues are counted for each type of query of a workgroup."
  }
}

run "the_limit_is_read_with_its_workgroup" {
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.usage.dimensions)) == toset(["UsageLimitId", "UsageType", "Workgroup"])
    error_message = "CloudWatch finds a metric by all its dimensions."
  }
}
