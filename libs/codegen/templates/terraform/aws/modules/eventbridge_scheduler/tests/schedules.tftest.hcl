# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name             = "example-dev"
  enable_schedules = true
  alarm_topic_arn  = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"

  pipelines = {
    by_hand = {
      schedule = ""
      steps = [{
        name = "evaluate"
        job = {
          sync_resource   = "arn:aws:states:::ecs:runTask.sync"
          sdk_target      = "arn:aws:scheduler:::aws-sdk:ecs:runTask"
          parameters      = "{}"
          start_policy    = "{}"
          failure_event   = "{\"source\": [\"aws.ecs\"]}"
          timeout_seconds = 3600
        }
      }]
    }
    retrain = {
      schedule = "cron(30 3 * * ? *)"
      steps = [
        {
          name = "process"
          job = {
            sync_resource   = "arn:aws:states:::glue:startJobRun.sync"
            sdk_target      = "arn:aws:scheduler:::aws-sdk:glue:startJobRun"
            parameters      = "{\"JobName\": \"example\"}"
            start_policy    = "{}"
            failure_event   = "{\"source\": [\"aws.glue\"]}"
            timeout_seconds = 3600
          }
        },
        {
          name = "train"
          job = {
            sync_resource   = "arn:aws:states:::sagemaker:createTrainingJob.sync"
            sdk_target      = "arn:aws:scheduler:::aws-sdk:sagemaker:createTrainingJob"
            parameters      = "{}"
            unique_name     = { parameter = "TrainingJobName", prefix = "example-dev" }
            start_policy    = "{}"
            failure_event   = "{\"source\": [\"aws.sagemaker\"]}"
            timeout_seconds = 3600
          }
        },
      ]
    }
  }
}

run "second_step_starts_an_hour_later" {
  command = plan

  assert {
    condition     = aws_scheduler_schedule.this["retrain-process"].schedule_expression == "cron(30 3 * * ? *)"
    error_message = "The first step starts at the hour of the schedule."
  }

  assert {
    condition     = aws_scheduler_schedule.this["retrain-train"].schedule_expression == "cron(30 4 * * ? *)"
    error_message = "The second step starts an hour after the first."
  }

  assert {
    condition     = aws_scheduler_schedule.this["by_hand-evaluate"].state == "DISABLED"
    error_message = "A pipeline without a schedule never starts by itself, even when schedules are enabled."
  }
}

run "alarm_and_schedules_are_of_this_environment_alone" {
  command = plan

  assert {
    condition = alltrue([
      for name in concat(
        [for schedule in aws_scheduler_schedule.this : schedule.group_name],
        [aws_cloudwatch_metric_alarm.not_started.dimensions.ScheduleGroup],
      ) : name == "example-dev"
    ])
    error_message = "In a group that environments share, one would ring for the other."
  }
}

run "job_names_are_filled_in_by_the_scheduler" {
  command = plan

  assert {
    condition     = strcontains(aws_scheduler_schedule.this["retrain-train"].target[0].input, "example-dev-<aws.scheduler.execution-id>")
    error_message = "The scheduler only replaces the plain text of its attribute."
  }
}

run "nothing_starts_before_it_is_enabled" {
  command = plan

  variables {
    enable_schedules = false
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.state == "DISABLED"])
    error_message = "Every schedule is disabled."
  }
}
