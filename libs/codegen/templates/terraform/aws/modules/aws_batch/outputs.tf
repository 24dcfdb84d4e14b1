# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::batch:submitJob.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:batch:submitJob"
    parameters = jsonencode(merge(
      {
        JobName       = var.name
        JobQueue      = aws_batch_job_queue.this.arn
        JobDefinition = aws_batch_job_definition.this.arn
      },
      var.size.jobs > 1 ? { ArrayProperties = { Size = var.size.jobs } } : {},
    ))
    unique_name  = null
    start_policy = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.batch"]
      "detail-type" = ["Batch Job State Change"]
      detail        = { jobQueue = [aws_batch_job_queue.this.arn], status = ["FAILED"] }
    })
    timeout_seconds = local.timeout_seconds
  }
}

output "log_group" {
  description = "Where its containers log."
  value       = aws_cloudwatch_log_group.this.name
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.task.arn
}
