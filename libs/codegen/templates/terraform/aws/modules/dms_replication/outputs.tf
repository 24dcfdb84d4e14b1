output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "keep_policy" {
  description = "IAM policy document of the job that keeps the rows of the tables."
  value       = data.aws_iam_policy_document.keep.json
}

output "security_group_id" {
  description = "Security group of the replication, for the rules of the source database."
  value       = aws_security_group.this.id
}
