output "table_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.this.arn
}

output "environment" {
  description = "What jobs need to know to register models and to find the approved one."
  value = {
    REGISTRY_URI   = "s3://${element(split(":::", var.artifacts_bucket_arn), 1)}/registry/"
    REGISTRY_TABLE = aws_dynamodb_table.this.name
  }
}

output "access_policy" {
  description = "IAM policy document for jobs that register models."
  value       = data.aws_iam_policy_document.access.json
}
