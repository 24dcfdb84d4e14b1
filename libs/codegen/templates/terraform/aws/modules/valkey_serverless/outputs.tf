output "environment" {
  description = "What jobs and the service need to know to find the features."
  value = {
    FEATURES_HOST           = aws_elasticache_serverless_cache.this.endpoint[0].address
    FEATURES_USER           = aws_elasticache_user.service.user_name
    FEATURES_RETENTION_DAYS = tostring(var.retention_days)
  }
}

output "read_policy" {
  description = "IAM policy document for the service."
  value       = data.aws_iam_policy_document.connect.json
}

output "write_policy" {
  description = "IAM policy document for jobs that compute features."
  value       = data.aws_iam_policy_document.connect.json
}
