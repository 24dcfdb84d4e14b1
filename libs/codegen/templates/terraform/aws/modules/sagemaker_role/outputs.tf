output "arn" {
  description = "ARN of the role, complete with its policy."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy.this]
}
