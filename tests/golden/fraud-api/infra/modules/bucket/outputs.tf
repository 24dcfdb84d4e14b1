output "id" {
  description = "Bucket name."
  value       = aws_s3_bucket.this.id
}

output "arn" {
  description = "Bucket ARN."
  value       = aws_s3_bucket.this.arn
}

output "retention_days" {
  description = "Days objects are kept; 0 keeps them."
  value       = var.retention_days
}

output "read_policy" {
  description = "IAM policy document for readers."
  value       = data.aws_iam_policy_document.read.json
}

output "write_policy" {
  description = "IAM policy document for roles that read and write."
  value       = data.aws_iam_policy_document.write.json
}
