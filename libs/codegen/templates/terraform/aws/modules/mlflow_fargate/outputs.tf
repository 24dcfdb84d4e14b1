output "environment" {
  description = "What jobs need to know to register models."
  value       = { MLFLOW_TRACKING_URI = "http://${local.server}" }
}

output "access_policy" {
  description = "IAM policy document for jobs that register models."
  value       = data.aws_iam_policy_document.access.json
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
