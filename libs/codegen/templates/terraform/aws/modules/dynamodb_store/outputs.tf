output "table_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.this.arn
}

output "environment" {
  description = "What jobs need to know to find the records, and how long they are kept."
  value = {
    RECORDS_TABLE          = aws_dynamodb_table.this.name
    RECORDS_RETENTION_DAYS = tostring(var.size.retention_days)
  }
}

output "access_policy" {
  description = "IAM policy document for jobs that read and write the records."
  value       = data.aws_iam_policy_document.access.json
}
