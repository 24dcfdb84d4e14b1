output "security_group_id" {
  description = "Security group of the endpoints."
  value       = aws_security_group.endpoints.id
}
