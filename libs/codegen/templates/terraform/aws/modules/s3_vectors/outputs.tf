output "environment" {
  description = "What indexing and the service need to know to find the vectors."
  value = {
    VECTOR_STORE_KIND = "s3_vectors"
    VECTOR_BUCKET     = aws_s3vectors_vector_bucket.this.vector_bucket_name
    VECTOR_INDEX      = aws_s3vectors_index.this.index_name
  }
}

output "read_policy" {
  description = "IAM policy document of who searches."
  value       = data.aws_iam_policy_document.read.json
}

output "write_policy" {
  description = "IAM policy document of who indexes."
  value       = data.aws_iam_policy_document.write.json
}
