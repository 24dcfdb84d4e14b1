# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::emr-serverless:startJobRun.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:emrserverless:startJobRun"
    parameters    = jsonencode(local.parameters)
    unique_name   = { parameter = "ClientToken", prefix = "run" }
    start_policy  = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.emr-serverless"]
      "detail-type" = ["EMR Serverless Job Run State Change"]
      detail        = { applicationId = [aws_emrserverless_application.this.id], state = ["FAILED", "CANCELLED"] }
    })
    timeout_seconds = local.timeout_minutes * 60
  }
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
