output "bucket_arn" {
  description = "Bucket of the offline store."
  value       = module.bucket.arn
}

output "environment" {
  description = "What jobs and the service need to know to find the features."
  value       = { FEATURE_GROUP = aws_sagemaker_feature_group.this.feature_group_name }
}

output "read_policy" {
  description = "IAM policy document for the service."
  value       = data.aws_iam_policy_document.read.json
}

output "write_policy" {
  description = "IAM policy document for jobs that compute features."
  value       = data.aws_iam_policy_document.write.json
}
