output "bucket" {
  description = "Lake bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "environment" {
  description = "What jobs need to know to find the data."
  value       = { CURATED_URI = "s3://${module.bucket.id}/curated/" }
}

output "access_policy" {
  description = "IAM policy document for jobs that read and write the data."
  value       = module.bucket.write_policy
}
