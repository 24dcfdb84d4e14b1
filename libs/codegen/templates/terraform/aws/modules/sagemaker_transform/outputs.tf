# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::sagemaker:createTransformJob.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:sagemaker:createTransformJob"
    parameters    = jsonencode(local.parameters)
    unique_name   = { parameter = "TransformJobName", prefix = local.job_prefix }
    start_policy  = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.sagemaker"]
      "detail-type" = ["SageMaker Transform Job State Change"]
      detail = {
        TransformJobName   = [{ prefix = local.job_prefix }]
        TransformJobStatus = ["Failed", "Stopped"]
      }
    })
    timeout_seconds = local.timeout_seconds
  }
}
