output "environment" {
  description = "What jobs and the service need to know to find the features; the password stays in Secrets Manager."
  value = {
    FEATURES_DATABASE_HOST       = module.database.host
    FEATURES_DATABASE_NAME       = module.database.database
    FEATURES_DATABASE_SECRET_ARN = module.database.secret_arn
    FEATURES_RETENTION_DAYS      = tostring(var.retention_days)
  }
}

output "read_policy" {
  description = "IAM policy document for the service."
  value       = module.database.access_policy
}

output "write_policy" {
  description = "IAM policy document for jobs that compute features."
  value       = module.database.access_policy
}
