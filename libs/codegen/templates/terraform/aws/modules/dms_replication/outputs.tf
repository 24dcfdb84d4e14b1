output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "security_group_id" {
  description = "Security group of the replication, for the rules of the source database."
  value       = aws_security_group.this.id
}
