output "environment" {
  description = "What the service needs to know: no filter is asked."
  value       = local.environment
}

output "access_policy" {
  description = "IAM policy document without a statement."
  value       = data.aws_iam_policy_document.none.json
}
