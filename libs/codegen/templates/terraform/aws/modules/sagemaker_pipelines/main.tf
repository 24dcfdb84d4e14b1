locals {
  # What a step of a pipeline is called there, by the job's own way of being started.
  types = {
    "arn:aws:states:::emr-serverless:startJobRun.sync"    = "EMRServerless"
    "arn:aws:states:::sagemaker:createProcessingJob.sync" = "Processing"
    "arn:aws:states:::sagemaker:createTrainingJob.sync"   = "Training"
    "arn:aws:states:::sagemaker:createTransformJob.sync"  = "Transform"
  }

  steps = {
    for pipeline, spec in var.pipelines : pipeline => [
      for index, step in spec.steps : {
        Name      = step.name
        Type      = local.types[step.job.sync_resource]
        Arguments = local.arguments[pipeline][index]
        DependsOn = index == 0 ? [] : [spec.steps[index - 1].name]
        RetryPolicies = [{
          ExceptionType   = ["Step.SERVICE_FAULT", "Step.THROTTLING"]
          IntervalSeconds = 60
          BackoffRate     = 2
          MaxAttempts     = 3
        }]
      }
    ]
  }
}

resource "aws_sagemaker_pipeline" "this" {
  for_each              = var.pipelines
  pipeline_name         = "${var.name}-${each.key}"
  pipeline_display_name = "${var.name}-${each.key}"
  pipeline_description  = "Pipeline ${each.key} of ${var.name}"
  role_arn              = aws_iam_role.run.arn

  pipeline_definition = jsonencode({
    Version  = "2020-12-01"
    Metadata = {}
    PipelineExperimentConfig = {
      ExperimentName = { Get = "Execution.PipelineName" }
      TrialName      = { Get = "Execution.PipelineExecutionId" }
    }
    Parameters = []
    Steps      = local.steps[each.key]
  })

  depends_on = [aws_iam_role_policy.run]
}

resource "aws_cloudwatch_event_rule" "failed" {
  name        = "${var.name}-pipeline-failed"
  description = "A run of a pipeline failed or was stopped"

  event_pattern = jsonencode({
    source        = ["aws.sagemaker"]
    "detail-type" = ["SageMaker Model Building Pipeline Execution Status Change"]
    detail = {
      pipelineArn                    = [for pipeline in aws_sagemaker_pipeline.this : pipeline.arn]
      currentPipelineExecutionStatus = ["Failed", "Stopped"]
    }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = var.alarm_topic_arn
}
