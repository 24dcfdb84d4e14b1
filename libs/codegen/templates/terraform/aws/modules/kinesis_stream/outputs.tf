output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "stream_arn" {
  description = "Stream that producers write to."
  value       = aws_kinesis_stream.this.arn
}
