output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "bootstrap_servers" {
  description = "Where producers connect, with IAM."
  value       = aws_msk_serverless_cluster.this.bootstrap_brokers_sasl_iam
}

output "topic" {
  description = "Topic that producers write to."
  value       = module.sink.topic
}

output "producer_policy" {
  description = "IAM policy document for producers."
  value       = module.sink.producer_policy
}
