output "key_arns" {
  description = "Key for each purpose."
  value       = { for purpose, key in aws_kms_key.this : purpose => key.arn }
}

output "log_key_arn" {
  description = "Key for logs, audit trail and alerts."
  value       = aws_kms_key.logs.arn
}

output "data_policy" {
  description = "Key policy of a key of the data that is kept elsewhere."
  value       = data.aws_iam_policy_document.data.json
}
