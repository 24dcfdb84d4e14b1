output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "queue_url" {
  description = "Queue that senders put events into."
  value       = aws_sqs_queue.this.url
}

output "producer_policy" {
  description = "IAM policy document for senders."
  value       = data.aws_iam_policy_document.producer.json
}
