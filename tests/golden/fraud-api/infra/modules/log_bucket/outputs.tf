output "id" {
  description = "Bucket name; known only after its policy exists, so that log delivery finds it."
  value       = aws_s3_bucket_policy.this.bucket
}
