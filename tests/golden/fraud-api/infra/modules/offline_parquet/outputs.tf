output "bucket_arn" {
  description = "Bucket of the feature files."
  value       = module.bucket.arn
}

output "environment" {
  description = "What jobs and the service need to know to find the features."
  value       = { FEATURES_URI = "s3://${module.bucket.id}/features/" }
}

output "read_policy" {
  description = "IAM policy document for the service."
  value       = module.bucket.read_policy
}

output "write_policy" {
  description = "IAM policy document for jobs that compute features."
  value       = module.bucket.write_policy
}
