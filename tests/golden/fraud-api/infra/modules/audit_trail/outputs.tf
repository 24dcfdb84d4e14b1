output "trail_arn" {
  description = "The audit trail."
  value       = aws_cloudtrail.this.arn
}
