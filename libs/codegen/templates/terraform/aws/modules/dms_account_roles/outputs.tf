output "role_names" {
  description = "The roles that DMS looks for."
  value       = [for role in aws_iam_role.this : role.name]
}
