# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
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
  batch              = false
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

run "replicas_of_a_service_vote" {
  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.drift, aws_cloudwatch_metric_alarm.data_quality] :
      alarm.statistic == "Average" && alarm.threshold == 0.5 && alarm.comparison_operator == "GreaterThanThreshold"
    ])
    error_message = "Each sees a part of the traffic."
  }
}

run "a_batch_that_drifts_is_told_whatever_else_runs_in_its_hour" {
  variables {
    batch = true
  }

  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.drift, aws_cloudwatch_metric_alarm.data_quality] : alarm.statistic == "Maximum"
    ])
    error_message = "With a run that found no new row the average would be a half, which is not above it."
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

run "drift_that_began_within_the_pause_starts_a_run_after_it" {
  assert {
    condition = [
      for state in ["decide", "first", "wait", "alarm", "lasts"] :
      try(jsondecode(aws_sfn_state_machine.drift[0].definition).States[state].Choices[0].Next, jsondecode(aws_sfn_state_machine.drift[0].definition).States[state].Next)
    ] == ["waiting", "another_waits", "alarm", "lasts", "last_run"]
    error_message = "An alarm that stays is told once: it is looked at again when the pause is over."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.drift[0].definition).States.alarm.Arguments.AlarmNames == [aws_cloudwatch_metric_alarm.drift.alarm_name]
    error_message = "The alarm that is looked at is the one that started it."
  }
}

run "a_wait_may_list_the_others_and_read_its_alarm" {
  assert {
    condition = contains(flatten([
      for statement in data.aws_iam_policy_document.run[0].statement : statement.resources
      if contains(statement.actions, "states:ListExecutions")
    ]), "arn:aws:states:us-east-1:123456789012:stateMachine:${aws_sfn_state_machine.drift[0].name}")
    error_message = "One of several waits: the others see it in the list of the state machine itself."
  }

  assert {
    condition = flatten([
      for statement in data.aws_iam_policy_document.run[0].statement : statement.resources
      if contains(statement.actions, "cloudwatch:DescribeAlarms")
    ]) == [aws_cloudwatch_metric_alarm.drift.arn]
    error_message = "It reads this alarm and no other."
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

run "lines_of_pods_become_the_metrics_of_the_alarms" {
  variables {
    pod_log_group = "/aws/containerinsights/example-dev/application"
  }

  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.drift, aws_cloudwatch_metric_alarm.data_quality] :
      aws_cloudwatch_log_metric_filter.pods[alarm.metric_name].metric_transformation[0].namespace == alarm.namespace
      && keys(aws_cloudwatch_log_metric_filter.pods[alarm.metric_name].metric_transformation[0].dimensions) == keys(alarm.dimensions)
    ])
    error_message = "A filter writes what its alarm reads: namespace, name and dimension."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.pods["DriftAlarm"].pattern == "{ $.log_processed.DriftAlarm >= 0 }"
    error_message = "The agent puts the line below log_processed; checks without an alarm count as well."
  }
}

run "containers_that_log_by_themselves_need_no_filter" {
  assert {
    condition     = length(aws_cloudwatch_log_metric_filter.pods) == 0
    error_message = "CloudWatch reads the embedded metric format."
  }
}

run "a_batch_that_never_began_is_told" {
  variables {
    silent_hours = 30
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.late[0].evaluation_periods == 30 && aws_cloudwatch_metric_alarm.late[0].treat_missing_data == "breaching"
    error_message = "Nothing written is what the alarm is about."
  }
}

run "schedules_that_rest_are_late_for_nothing" {
  variables {
    silent_hours     = 30
    enable_schedules = false
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.late) == 0
    error_message = "No schedule, no lateness."
  }
}
