output "environment" {
  description = "What jobs need to know to log runs and register models."
  value       = { MLFLOW_TRACKING_URI = aws_sagemaker_mlflow_tracking_server.this.arn }
}

output "access_policy" {
  description = "IAM policy document for jobs that log runs and register models."
  value       = data.aws_iam_policy_document.access.json
}

output "url" {
  description = "Address of the user interface; open it through a presigned URL or SageMaker Studio."
  value       = aws_sagemaker_mlflow_tracking_server.this.tracking_server_url
}
