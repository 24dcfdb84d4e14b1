output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}
