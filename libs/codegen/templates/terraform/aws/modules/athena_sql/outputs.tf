# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::states:startExecution.sync:2"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:sfn:startExecution"
    parameters    = jsonencode({ StateMachineArn = aws_sfn_state_machine.this.arn })
    unique_name   = null
    start_policy  = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.states"]
      "detail-type" = ["Step Functions Execution Status Change"]
      detail = {
        stateMachineArn = [aws_sfn_state_machine.this.arn]
        status          = ["ABORTED", "FAILED", "TIMED_OUT"]
      }
    })
    timeout_seconds = local.timeout_seconds * 2
  }
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
