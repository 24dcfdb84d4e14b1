output "environment" {
  description = "What indexing and the service need to know to find the passages."
  value = {
    VECTOR_STORE_KIND   = "opensearch"
    OPENSEARCH_ENDPOINT = "https://${aws_opensearch_domain.this.endpoint}"
    OPENSEARCH_SERVICE  = "es"
    OPENSEARCH_READERS  = join(",", var.reader_role_arns)
    OPENSEARCH_NODES    = tostring(var.size.nodes)
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
