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
}

variables {
  name               = "example-dev"
  enable_schedules   = false
  log_key_arn        = null
  log_retention_days = 365
  alarm_topic_arn    = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"

  pipelines = {
    retrain = {
      schedule = ""
      steps = [
        {
          name = "process"
          job = {
            sync_resource   = "arn:aws:states:::glue:startJobRun.sync"
            sdk_target      = "arn:aws:scheduler:::aws-sdk:glue:startJobRun"
            parameters      = "{\"JobName\": \"example\"}"
            start_policy    = "{}"
            failure_event   = "{}"
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
            failure_event   = "{}"
            timeout_seconds = 7200
          }
        },
      ]
    }
  }
}

run "steps_follow_each_other" {
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["retrain"].definition).StartAt == "process"
    error_message = "The first step starts the pipeline."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["retrain"].definition).States.process.Next == "train"
    error_message = "Training waits for processing."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["retrain"].definition).States.train.End == true
    error_message = "The last step ends the pipeline."
  }
}

run "job_names_are_new_each_time" {
  assert {
    condition     = strcontains(jsondecode(aws_sfn_state_machine.this["retrain"].definition).States.train.Parameters["TrainingJobName.$"], "States.UUID()")
    error_message = "SageMaker refuses a name it has seen."
  }
}

run "without_a_schedule_it_is_started_by_hand" {
  assert {
    condition     = length(aws_scheduler_schedule.this) == 0
    error_message = "An empty expression makes no schedule."
  }
}
