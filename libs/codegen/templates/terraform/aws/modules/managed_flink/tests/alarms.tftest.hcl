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
  purpose                    = "score"
  size                       = { min_kpu = 1, max_kpu = 2 }
  enabled                    = true
  code_bucket_arn            = "arn:aws:s3:::example-artifacts"
  code_key                   = "code/flink-score.zip"
  script                     = "score.py"
  stream_arn                 = "arn:aws:kinesis:us-east-1:123456789012:stream/example-dev-events"
  property_group             = "scoring"
  properties                 = { project = "example", environment = "dev" }
  metric_namespace           = "example"
  policies                   = ["{}"]
  latency_ms_p95             = null
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "a_checkpoint_that_failed_once_is_no_alarm_for_ever" {
  command = plan

  assert {
    condition     = contains([for query in aws_cloudwatch_metric_alarm.checkpoints[0].metric_query : query.expression], "DIFF(failed)")
    error_message = "The metric counts since the application started; new failures are its difference."
  }
}

run "its_code_may_send_metrics_of_the_project" {
  command = plan

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.run.statement : contains(statement.actions, "cloudwatch:PutMetricData")
      && anytrue([for condition in statement.condition : contains(condition.values, "example")])
    ])
    error_message = "The checks for drift are sent to the namespace that the alarms read."
  }
}

run "code_that_sends_no_metrics_may_not" {
  command = plan

  variables {
    metric_namespace = null
  }

  assert {
    condition = !anytrue([
      for statement in data.aws_iam_policy_document.run.statement : contains(statement.actions, "cloudwatch:PutMetricData")
    ])
    error_message = "A permission is given for a reason."
  }
}

run "what_does_not_run_is_no_service" {
  command = plan

  variables {
    enabled = false
  }

  assert {
    condition     = output.service == null
    error_message = "A deployment looks at the service that this output names: until it is enabled there is none."
  }
}
