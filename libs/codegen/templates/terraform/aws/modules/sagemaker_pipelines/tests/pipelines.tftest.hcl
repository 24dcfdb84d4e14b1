# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_sagemaker_pipeline" {
    defaults = { arn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/example" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

variables {
  name             = "example-dev"
  enable_schedules = false
  alarm_topic_arn  = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"

  pipelines = {
    retrain = {
      schedule = "cron(0 3 * * ? *)"
      steps = [
        {
          name = "process"
          job = {
            sync_resource   = "arn:aws:states:::emr-serverless:startJobRun.sync"
            sdk_target      = "arn:aws:scheduler:::aws-sdk:emrserverless:startJobRun"
            parameters      = "{\"ApplicationId\":\"00abc\",\"ExecutionRoleArn\":\"arn\",\"ExecutionTimeoutMinutes\":60,\"Name\":\"example\",\"JobDriver\":{\"SparkSubmit\":{\"EntryPoint\":\"s3://x/a.py\",\"EntryPointArguments\":[],\"SparkSubmitParameters\":\"\"}},\"ConfigurationOverrides\":{\"MonitoringConfiguration\":{\"CloudWatchLoggingConfiguration\":{\"Enabled\":true,\"LogGroupName\":\"/job/x\"}}}}"
            unique_name     = { parameter = "ClientToken", prefix = "run" }
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
            parameters      = "{\"RoleArn\":\"arn\",\"Environment\":{\"PROJECT\":\"example\"}}"
            unique_name     = { parameter = "TrainingJobName", prefix = "example" }
            start_policy    = "{}"
            failure_event   = "{}"
            timeout_seconds = 3600
          }
        },
      ]
    }
  }
}

run "each_step_waits_for_the_one_before" {
  command = plan

  assert {
    condition = [
      for step in jsondecode(aws_sagemaker_pipeline.this["retrain"].pipeline_definition).Steps : [step.Type, step.DependsOn]
    ] == [["EMRServerless", []], ["Training", ["process"]]]
    error_message = "Steps have SageMaker's types and the order of the pipeline."
  }
}

run "parameters_of_spark_are_written_in_small_letters" {
  command = plan

  assert {
    condition = jsondecode(
      aws_sagemaker_pipeline.this["retrain"].pipeline_definition
    ).Steps[0].Arguments.JobConfig.configurationOverrides.monitoringConfiguration.cloudWatchLoggingConfiguration.logGroupName == "/job/x"
    error_message = "EMR Serverless gets its log."
  }

  assert {
    condition     = jsondecode(aws_sagemaker_pipeline.this["retrain"].pipeline_definition).Steps[1].Arguments.Environment.PROJECT == "example"
    error_message = "Parameters of SageMaker's own jobs stay as they are."
  }
}

run "a_job_that_cannot_be_waited_for_is_refused" {
  command = plan

  variables {
    pipelines = {
      retrain = {
        schedule = ""
        steps = [{
          name = "process"
          job = {
            sync_resource   = "arn:aws:states:::glue:startJobRun.sync"
            sdk_target      = "arn:aws:scheduler:::aws-sdk:glue:startJobRun"
            parameters      = "{}"
            start_policy    = "{}"
            failure_event   = "{}"
            timeout_seconds = 3600
          }
        }]
      }
    }
  }

  expect_failures = [var.pipelines]
}
