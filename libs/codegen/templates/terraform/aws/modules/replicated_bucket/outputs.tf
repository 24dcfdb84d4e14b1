output "role_arn" {
  description = "Role that copies."
  value       = aws_iam_role.this.arn
}
