output "pipelines" {
  description = "ARN of the state machine of each pipeline."
  value       = { for pipeline, machine in aws_sfn_state_machine.this : pipeline => machine.arn }
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    for pipeline, machine in aws_sfn_state_machine.this : {
      title = "Runs of ${pipeline}"
      metrics = [
        for metric in ["ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut"] :
        ["AWS/States", metric, "StateMachineArn", machine.arn]
      ]
      stat = "Sum"
    }
  ]
}
