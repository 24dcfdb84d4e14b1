output "name" {
  description = "Name of the stream."
  value       = aws_kinesis_stream.this.name
}

output "arn" {
  description = "ARN of the stream, for those who read predictions."
  value       = aws_kinesis_stream.this.arn
}

output "write_policy" {
  description = "IAM policy document of the writer."
  value       = data.aws_iam_policy_document.write.json
}
