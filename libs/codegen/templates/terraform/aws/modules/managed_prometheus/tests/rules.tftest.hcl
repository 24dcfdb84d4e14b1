# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
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
  rules              = "groups: []"
  alarm_topic_arn    = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  kms_key_arn        = null
  log_key_arn        = null
  log_retention_days = 365
}

run "rules_are_evaluated_and_tell_the_topic" {
  assert {
    condition     = aws_prometheus_rule_group_namespace.this[0].data == "groups: []"
    error_message = "The workspace evaluates the rules of monitoring/."
  }

  assert {
    condition = yamldecode(yamldecode(aws_prometheus_alert_manager_definition.this[0].definition).alertmanager_config).receivers[0].sns_configs[0] == {
      topic_arn = var.alarm_topic_arn
      subject   = "Prometheus of example-dev"
      sigv4     = { region = "us-east-1" }
    }
    error_message = "What rings goes where every alarm goes."
  }
}

run "without_metrics_there_are_no_rules" {
  variables {
    rules = ""
  }

  assert {
    condition     = length(aws_prometheus_rule_group_namespace.this) == 0 && length(aws_prometheus_alert_manager_definition.this) == 0
    error_message = "A rule over nothing would never ring and would look as if it watched."
  }
}
