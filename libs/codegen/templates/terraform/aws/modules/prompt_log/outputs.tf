output "log_group" {
  description = "Where questions and answers are kept."
  value       = aws_cloudwatch_log_group.this.name
}
