# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::sagemaker:createProcessingJob.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:sagemaker:createProcessingJob"
    parameters    = jsonencode(local.parameters)
    unique_name   = { parameter = "ProcessingJobName", prefix = local.job_prefix }
    start_policy  = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.sagemaker"]
      "detail-type" = ["SageMaker Processing Job State Change"]
      detail = {
        ProcessingJobName   = [{ prefix = local.job_prefix }]
        ProcessingJobStatus = ["Failed", "Stopped"]
      }
    })
    timeout_seconds = local.timeout_seconds + 1800
  }
}
