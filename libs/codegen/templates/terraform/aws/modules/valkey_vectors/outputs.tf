output "environment" {
  description = "What indexing and the service need to know to find the passages."
  value = {
    VECTOR_STORE_KIND      = "valkey"
    VECTOR_VALKEY_ENDPOINT = coalesce(aws_elasticache_replication_group.this.configuration_endpoint_address, aws_elasticache_replication_group.this.primary_endpoint_address)
    VECTOR_VALKEY_PORT     = "6379"
    VECTOR_VALKEY_CLUSTER  = aws_elasticache_replication_group.this.id
    VECTOR_VALKEY_USER     = aws_elasticache_user.service.user_name
  }
}

output "read_policy" {
  description = "IAM policy document of who searches."
  value       = data.aws_iam_policy_document.connect.json
}

output "write_policy" {
  description = "IAM policy document of who indexes."
  value       = data.aws_iam_policy_document.connect.json
}
