output "environment" {
  description = "What jobs need to know to register models."
  value       = { MODEL_PACKAGE_GROUP = aws_sagemaker_model_package_group.this.model_package_group_name }
}

output "access_policy" {
  description = "IAM policy document for jobs that register models."
  value       = data.aws_iam_policy_document.access.json
}
