output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "stream_arn" {
  description = "Stream that senders put events into."
  value       = aws_kinesis_firehose_delivery_stream.this.arn
}

output "producer_policy" {
  description = "IAM policy document for senders."
  value       = data.aws_iam_policy_document.producer.json
}
