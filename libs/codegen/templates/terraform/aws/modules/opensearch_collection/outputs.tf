output "environment" {
  description = "What indexing and the service need to know to find the passages."
  value = {
    VECTOR_STORE_KIND   = "opensearch"
    OPENSEARCH_ENDPOINT = aws_opensearchserverless_collection.this.collection_endpoint
    OPENSEARCH_SERVICE  = "aoss"
  }
}

output "read_policy" {
  description = "IAM policy document of who searches."
  value       = data.aws_iam_policy_document.use.json
}

output "write_policy" {
  description = "IAM policy document of who indexes."
  value       = data.aws_iam_policy_document.use.json
}
