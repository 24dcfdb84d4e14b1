output "topic" {
  description = "Topic that producers write to."
  value       = local.topic
}

output "producer_policy" {
  description = "IAM policy document for producers."
  value       = data.aws_iam_policy_document.producer.json
}
