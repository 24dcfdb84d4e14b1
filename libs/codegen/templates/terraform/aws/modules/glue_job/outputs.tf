# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::glue:startJobRun.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:glue:startJobRun"
    parameters    = jsonencode({ JobName = aws_glue_job.this.name })
    unique_name   = null
    start_policy  = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.glue"]
      "detail-type" = ["Glue Job State Change"]
      detail        = { jobName = [aws_glue_job.this.name], state = ["FAILED", "TIMEOUT"] }
    })
    timeout_seconds = local.timeout_minutes * 60
  }
}

output "log_group" {
  description = "Log group of what the program prints."
  value       = aws_cloudwatch_log_group.this["output"].name
}
