# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:us-east-1:123456789012:stateMachine:example" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:example" }
  }

  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:example" }
  }
}

variables {
  name               = "example-dev"
  project            = "example"
  environment        = "dev"
  alarm_topic_arn    = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  enable_schedules   = true
  log_key_arn        = null
  log_retention_days = 365

  retrain = {
    state_machine_arn = "arn:aws:states:us-east-1:123456789012:stateMachine:example-dev-retrain"
    pause_hours       = 72
  }
}

run "the_alarm_watches_what_the_containers_write" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.drift.namespace == "example"
    error_message = "The namespace is PROJECT."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.drift.dimensions == tomap({ Environment = "dev" })
    error_message = "The dimension is ENVIRONMENT."
  }
}

run "drift_starts_a_run_after_the_pause" {
  assert {
    condition     = strcontains(aws_sfn_state_machine.drift[0].definition, "259200000")
    error_message = "72 hours in milliseconds bound the trigger."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.drift[0].state == "ENABLED"
    error_message = "An enabled environment retrains on drift."
  }
}

run "without_a_pipeline_there_is_the_alarm_only" {
  variables {
    retrain = null
  }

  assert {
    condition     = length(aws_sfn_state_machine.drift) == 0 && length(aws_cloudwatch_event_rule.drift) == 0
    error_message = "Nothing to start, nothing that starts it."
  }
}
