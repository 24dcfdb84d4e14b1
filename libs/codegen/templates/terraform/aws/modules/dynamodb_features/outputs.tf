output "environment" {
  description = "What jobs and the service need to know to find the features."
  value = {
    FEATURES_TABLE          = aws_dynamodb_table.this.name
    FEATURES_RETENTION_DAYS = tostring(var.retention_days)
  }
}

output "read_policy" {
  description = "IAM policy document for the service."
  value       = data.aws_iam_policy_document.read.json
}

output "write_policy" {
  description = "IAM policy document for jobs that compute features."
  value       = data.aws_iam_policy_document.write.json
}
