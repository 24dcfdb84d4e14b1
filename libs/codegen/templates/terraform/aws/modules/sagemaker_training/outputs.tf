# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::sagemaker:createTrainingJob.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:sagemaker:createTrainingJob"
    parameters    = jsonencode(local.parameters)
    unique_name   = { parameter = "TrainingJobName", prefix = local.job_prefix }
    start_policy  = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.sagemaker"]
      "detail-type" = ["SageMaker Training Job State Change"]
      detail = {
        TrainingJobName   = [{ prefix = local.job_prefix }]
        TrainingJobStatus = ["Failed", "Stopped"]
      }
    })
    timeout_seconds = local.timeout_seconds + 1800
  }
}
